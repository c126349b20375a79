"""Importing in the browser: what is uploaded, its preview, and how far storing it has come."""
