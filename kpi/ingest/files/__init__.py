"""Bytes become a grid of texts: container, encoding, delimiter, sheets."""
