"""The knowledge base: project settings, tables, admin and pages."""
