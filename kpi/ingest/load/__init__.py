"""Clean rows become records, by key or by period, and are taken out again."""
