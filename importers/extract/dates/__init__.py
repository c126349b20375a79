"""Times in the words of a text, and the dates that they mean."""
