"""The review pages, and the plain lists of doubts and decisions."""

from kb.admin.review.doubts import DecisionAdmin, DoubtAdmin

__all__ = ["DecisionAdmin", "DoubtAdmin"]
