"""Tests of the tables, the search and the admin."""
