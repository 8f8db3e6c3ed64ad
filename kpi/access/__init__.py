"""Who acts, what they may do, and whom the practices employ."""
