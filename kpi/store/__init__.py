"""Persistence: tables, engine and migrations, and nothing of the domain's rules."""
