"""A manager's score, its pace, what it pays, and what moved it."""
