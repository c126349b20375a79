"""Bodies named in a text: the right end first, then the left, then the full name."""
