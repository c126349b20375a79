"""Two entities that are one become one, and two that were taken for one become two; both can be undone."""
