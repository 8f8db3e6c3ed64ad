"""A grid of texts becomes a header and blocks of rows: what is one, and what only looks so."""
