"""The whole knowledge base as files, and back."""
