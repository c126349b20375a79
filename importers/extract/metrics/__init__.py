"""Figures that a text reports: what counts, what it counts, when, and about what."""
