"""The gazetteer's own tables and the word lists of the extractor."""
