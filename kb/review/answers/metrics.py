"""Answers about figures: what one counts, and whether a number counts at all."""

import re
from decimal import Decimal

from django.db.models import Count
from django.utils.translation import gettext as _

from kb.models import Metric
from kb.models.base import NAME_LENGTH
from kb.review.answers.base import MOST, Answers, Option, Search
from kb.review.ledger import Ledger
from kb.review.refusal import RefusedError
from kb.vocabulary import DoubtReason, MetricStatus, Qualifier
from kb.web.numbers import number

FIGURE = re.compile(r"(?:([a-z_]+) )?(\d{1,18}(?:\.\d{1,6})?) ?(\S{0,60})")
"""A figure in one line: `exact 100 名`, or `100 名`."""

_STOPS = re.compile(r"[，。；：、！？“”（）\s]")
_TRIMMED = re.compile(r"^[了的共已达超近约为]+|[了共计达超近约已为有的]+$")
MOST_WORDS = 14
LONG_ENOUGH = 2


class MetricAnswers(Answers):
    """What a figure counts, or whether a number is one."""

    evidence = Metric
    rights = ("kb.change_metric", "kb.add_metric")

    def question(self) -> str:
        """What is asked."""
        if self.doubt.reason == DoubtReason.NO_SUBJECT:
            return _("“%(text)s”统计的是什么？") % {"text": self.doubt.text}
        return _("“%(text)s”是一个统计数字吗？") % {"text": self.doubt.text}

    def options(self) -> list[Option]:
        """Subjects, or the figure as which the number would be read."""
        if self.doubt.reason == DoubtReason.NO_SUBJECT:
            return self._subjects()
        return [figure_option(line) for line in self.doubt.candidates if FIGURE.fullmatch(str(line))]

    def _subjects(self) -> list[Option]:
        """The words beside the figure, the article's other subjects, and those usual with the unit."""
        row = self.row()
        unit = row.unit if row else ""
        beside = {words: _("数字旁边的词") for words in words_beside(self.doubt)}
        rows = Metric.objects.asserted().exclude(subject="").filter(unit=unit)
        here = rows.filter(article=self.doubt.article_id).values_list("subject", flat=True).distinct()
        usual = rows.values("subject").annotate(count=Count("pk")).order_by("-count", "subject")[:4]
        found = dict.fromkeys(here.order_by("subject")[:4], _("本文另一个数字的对象"))
        common = {row["subject"]: _("同一单位常用") for row in usual}
        every = common | found | beside
        ordered = [*beside, *found, *common]
        return [Option(f"subject:{words}", words, (every[words],)) for words in dict.fromkeys(ordered)][:MOST]

    def typed_label(self) -> str:
        """What may be typed."""
        if self.doubt.reason == DoubtReason.NO_SUBJECT:
            return _("统计对象：用原文的词")
        return _("计为数据：输入数值和单位，如“100 名”")

    def typed(self, words: str) -> Search:
        """A subject as it is, or a figure."""
        if self.doubt.reason == DoubtReason.NO_SUBJECT:
            return Search((Option(f"subject:{words[:NAME_LENGTH]}", words),), is_exact=True)
        if not FIGURE.fullmatch(words):
            raise RefusedError(_("请先写数值，再写单位，例如“100 名”。"))
        return Search((figure_option(words),), is_exact=True)

    def keep_label(self) -> str:
        """What accepting means."""
        if self.doubt.reason == DoubtReason.NO_SUBJECT:
            return _("原文没有写明，保留")
        return super().keep_label()

    def reject_label(self) -> str:
        """What rejecting means."""
        return _("不是数据")

    def take_subject(self, value: str, ledger: Ledger) -> str:
        """Writes what the figure counts."""
        row = self.row()
        if row is None:
            raise RefusedError(_("这个数字的记录已经不在。"))
        ledger.change(row, subject=value[:NAME_LENGTH])
        return value

    def take_figure(self, value: str, ledger: Ledger) -> str:
        """Makes the number a figure."""
        found = FIGURE.fullmatch(value)
        if found is None or (found[1] or "exact") not in {q.value for q in Qualifier if q != Qualifier.RANGE}:
            raise RefusedError(_("没有这个选项。"))
        article = self.doubt.article
        self.put(
            ledger, value=Decimal(found[2]), unit=found[3], qualifier=found[1] or "exact",
            status=MetricStatus.REPORTED.value, city_id=article.city_id if article else None,
        )  # fmt: skip
        return f"{number(Decimal(found[2]))} {found[3]}".strip()


def figure_option(line: str) -> Option:
    """A figure in one line as an option."""
    found = FIGURE.fullmatch(line)
    assert found  # noqa: S101 - the callers have matched the line
    qualifier = next((each for each in Qualifier if each.value == found[1]), Qualifier.EXACT)
    label = _("计为数据：%(figure)s") % {"figure": f"{number(Decimal(found[2]))} {found[3]}".strip()}
    return Option(f"figure:{line}", label, (_(qualifier.label),), is_suggested=True)


def words_beside(doubt: object) -> list[str]:
    """The words right behind and right before a figure within its clause: `走访群众` of `走访群众12次`."""
    article = getattr(doubt, "article", None)
    if article is None:
        return []
    start, end = doubt.start, doubt.end  # type: ignore[attr-defined]
    after = _STOPS.split(article.body[end : end + MOST_WORDS])[0]
    before = _STOPS.split(article.body[max(0, start - MOST_WORDS) : start])[-1]
    words = [_TRIMMED.sub("", part) for part in (before, after)]
    return [part for part in words if len(part) >= LONG_ENOUGH and not any(sign.isdigit() for sign in part)]
