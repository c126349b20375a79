"""Commands of the importers."""
