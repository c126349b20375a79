"""Matching a colleague's list of names to our records, in the form that OpenRefine speaks (spec 0.2)."""
