"""From a figure back to its months and rows, and why it moved."""
