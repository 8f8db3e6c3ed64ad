"""The review cycle: its table, its steps, what is written, what is listed."""
