"""Measurements: each file prints ratios that were taken side by side in one run."""
