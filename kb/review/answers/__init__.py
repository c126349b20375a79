"""What may be answered to a doubt, by the kind of record that it is about."""

from kb.review.answers.base import Answers, Option, Search
from kb.review.answers.kinds import answers_to

__all__ = ["Answers", "Option", "Search", "answers_to"]
