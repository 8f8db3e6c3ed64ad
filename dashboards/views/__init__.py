"""Pure functions from domain objects to what a page shows."""
