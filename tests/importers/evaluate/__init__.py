"""Tests of the figures on how well pages are read."""
