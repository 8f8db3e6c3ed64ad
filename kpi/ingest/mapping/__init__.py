"""Which columns and rows of a file are which of a dataset's."""
