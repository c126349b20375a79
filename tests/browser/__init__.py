"""Tests that walk through the pages in a real browser."""
