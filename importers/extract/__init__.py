"""Pure reading of a page: text in, records out; no tables, no files, no clock."""
