"""Rolecard: a role file becomes KPI targets, the practice's exports become a score against them."""

__version__ = "0.1.0"
