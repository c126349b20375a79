"""From page texts to rows of the knowledge base."""
