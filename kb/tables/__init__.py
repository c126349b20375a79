"""Rows as files for spreadsheets: CSV and XLSX, in which no text becomes a formula."""
