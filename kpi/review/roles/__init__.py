"""Role files at a practice: written, tried on the past, published, acknowledged."""
