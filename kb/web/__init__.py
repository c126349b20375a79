"""The pages that people open in a browser: overview, cities, the evidence of an article, search."""
