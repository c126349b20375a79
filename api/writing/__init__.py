"""Writing through the API: what may be written, under which version, and by whom."""
