"""How well pages are read, field by field, against annotations made by hand."""
