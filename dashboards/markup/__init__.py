"""What a view says, as HTML: the only place where text becomes markup, and is escaped."""
