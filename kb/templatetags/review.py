"""What other pages tell of the review queue."""

from django import template

from kb.names import quotable
from kb.review.progress import waiting_count

register = template.Library()
register.filter(quotable)


@register.simple_tag
def waiting_doubts() -> int:
    """How many doubts wait for a decision."""
    return waiting_count()
