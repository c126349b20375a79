"""Answers about headlines: which article of the page one belongs to."""

from django.utils.translation import gettext as _

from kb.models import Article
from kb.review.answers.base import MOST, Answers, Option, chosen, suggested
from kb.review.ledger import Ledger
from kb.review.refusal import RefusedError

OPENING = 40


class HeadlineAnswers(Answers):
    """Which article a headline belongs to."""

    rights = ("kb.change_article",)

    def question(self) -> str:
        """What is asked."""
        return _("“%(text)s”是哪篇文章的标题？") % {"text": self.doubt.text}

    def options(self) -> list[Option]:
        """The articles that the importer hesitated between, else those of the page without a title."""
        rows = list(Article.objects.asserted().filter(page=self.doubt.page_id).order_by("ordinal", "pk"))
        openings = tuple(name for name in self.doubt.candidates if isinstance(name, str) and name)
        fitting = [row for row in rows if openings and row.body.startswith(openings)]
        rows = fitting or [row for row in rows if not row.title or row.title == self.doubt.text]
        options = [
            Option(
                f"title:{row.pk}",
                f"{row.body[:OPENING]}…",
                (_("现题：%(title)s") % {"title": row.title} if row.title else _("现无标题"),),
            )
            for row in rows[:MOST]
        ]
        return suggested(options, len(options) == 1)

    def keep_label(self) -> str:
        """What accepting means."""
        return _("现在这样就对")

    def reject_label(self) -> str:
        """What rejecting means."""
        return _("不是标题")

    def reject(self, ledger: Ledger) -> None:
        """Takes the headline from the articles that bear it."""
        for row in Article.objects.asserted().filter(page=self.doubt.page_id, title=self.doubt.text):
            ledger.change(row, title="")

    def take_title(self, value: str, ledger: Ledger) -> str:
        """Gives an article the headline; another one that bears it loses it."""
        article = chosen(Article, value)
        if article.page_id != self.doubt.page_id:
            raise RefusedError(_("没有这个选项。"))
        others = Article.objects.asserted().filter(page=self.doubt.page_id, title=self.doubt.text)
        for row in others.exclude(pk=article.pk):
            ledger.change(row, title="")
        ledger.change(article, title=self.doubt.text)
        return f"{article.body[:OPENING]}…"
