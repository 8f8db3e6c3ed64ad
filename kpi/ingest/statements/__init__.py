"""Profit and loss statements become rows of the ledger."""
