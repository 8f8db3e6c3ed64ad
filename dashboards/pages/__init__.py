"""One file a page: fetch, shape, draw."""
