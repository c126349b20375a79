"""The REST API over the knowledge base."""
