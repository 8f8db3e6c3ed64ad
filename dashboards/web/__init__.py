"""What surrounds the pages on the wire: who is let in, by which cookie, under which headers."""
