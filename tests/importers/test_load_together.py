"""Pages stored in one transaction: as if one after the other, whole or not at all."""

from pathlib import Path

import pytest
from django.db import DatabaseError, connection, transaction
from msgspec.structs import replace

from importers import run
from importers.extract.gazetteer.lookup import load_gazetteer
from importers.extract_file import extract_text
from importers.load import load_page, load_pages
from importers.load_pending import OvertakenError, Pending
from importers.load_places import load_gazetteer_places
from importers.load_result import Outcome, total
from importers.run import ImportOptions, import_sources
from kb import models
from kb.changes import attributed
from tests.importers.pages import article, first_article, organisation, page, second_article, source
from tests.importers.stored import everything

OWN = sorted((Path(__file__).parents[1] / "pages").glob("*.txt"))[:8]

CONTENTS = {
    models.PlaceName: ("key", "name", "place__name", "place__parent__name", "place__city__name"),
    models.OrganisationName: (
        "key", "name", "organisation__name", "organisation__category", "organisation__parent__name",
        "organisation__place__name", "organisation__source_article__title",
    ),
    models.InitiativeName: (
        "key", "name", "initiative__name", "initiative__kind", "initiative__started_on",
        "initiative__city__name", "initiative__source_article__body",
    ),
    models.Initiative.places.through: ("initiative__name", "place__name"),
    models.Initiative.organisers.through: ("initiative__name", "organisation__name"),
    models.Article: ("page__source_file", "ordinal", "title", "body", "city__name", "locked"),
    models.Credit: ("article__body", "author__name", "role", "ordinal"),
    models.PlaceMention: ("article__body", "start", "end", "ordinal", "place__name", "official", "origin"),
    models.OrganisationMention: ("article__body", "start", "end", "ordinal", "organisation__name", "name"),
    models.InitiativeMention: ("article__body", "start", "end", "ordinal", "initiative__name", "name"),
    models.Metric: (
        "article__body", "start", "end", "ordinal", "value", "low", "high", "subject", "as_of_on",
        "initiative__name", "organisation__name", "place__name", "city__name",
    ),
    models.Doubt: (
        "page__source_file", "text", "reason", "note", "candidates", "case_key", "repeats", "state",
    ),
}  # fmt: skip
"""What is compared of each table: everything but ids and times."""


def contents():
    """What the tables hold, in words."""
    return {
        model.__name__: sorted(map(repr, model._default_manager.values_list(*columns)))
        for model, columns in CONTENTS.items()
    }


def found(word):
    """What a search for a word gives, by kind."""
    from kb.search import matching

    return {
        model.__name__: sorted(str(row) for row in matching(model.objects.all(), word))
        for model in (models.Article, models.Place, models.Organisation, models.Initiative, models.Metric)
    }


def own_pages():
    """The repository's own pages with what they say."""
    texts = [path.read_text(encoding="utf-8") for path in OWN]
    return [(source(text, path.name), extract_text(text)) for text, path in zip(texts, OWN, strict=True)]


def three():
    """Three pages that name the same town, the third the very text of the first."""
    other = page(replace(second_article(), draft=replace(second_article().draft, lines=((50, 52),))))
    return [(source(), page()), (source("另一版", "b.txt"), other), (source(name="c.txt"), page())]


@pytest.fixture
def gazetteer(db):
    load_gazetteer_places(load_gazetteer())
    return load_gazetteer()


def left_by(write):
    """What the tables and the search hold after some writing, which is taken back."""
    with transaction.atomic():
        results = write()
        left = contents(), [found(word) for word in ("党建", "社区", "服务 群众", "柳叶村")]
        transaction.set_rollback(True)
    return total(results), *left


def test_pages_stored_together_are_as_pages_stored_one_after_the_other(gazetteer):
    work = [*own_pages(), *three()]
    apart = left_by(lambda: [load_page(*each, gazetteer) for each in work])
    together = left_by(lambda: load_pages(work, gazetteer))
    assert together == apart
    assert apart[0].count("metrics", Outcome.CREATED) > 100
    assert all(apart[1].values())
    assert any(apart[2][0].values())


def test_the_same_text_twice_is_one_page(gazetteer):
    results = load_pages(three(), gazetteer)
    assert [result.of_page() for result in results] == [Outcome.CREATED, Outcome.CREATED, Outcome.UPDATED]
    assert models.Page.objects.count() == 2


def test_a_page_behind_the_same_text_twice_finds_what_the_first_one_made(gazetteer):
    body = "固阳县妇联又送去书籍。"
    without_city = article(body, organisations=(organisation(body, "固阳县妇联", city=None),), city=None)
    load_pages(
        [(source(), page()), (source(name="c.txt"), page()), (source("三", "3.txt"), page(without_city))],
        gazetteer,
    )
    assert models.Organisation.objects.get(name="固阳县妇联").mentions.count() == 2


def test_an_error_in_the_last_page_leaves_nothing_of_any(gazetteer):
    wrong = replace(second_article().metrics[0], start=0, end=4)
    broken = page(replace(second_article(), metrics=(wrong,)))
    before = everything()
    with pytest.raises(DatabaseError, match="is not body"):
        load_pages([*three(), (source("坏的一版", "z.txt"), broken)], gazetteer)
    assert everything() == before


def test_queries_hardly_grow_with_the_pages(gazetteer, django_assert_max_num_queries):
    work = own_pages()
    load_pages(work[:1], gazetteer)
    with django_assert_max_num_queries(70 if connection.vendor == "sqlite" else 80):
        load_pages(work[1:], gazetteer)


def test_one_refused_page_does_not_keep_the_others_out(gazetteer, monkeypatch):
    texts = [f"夜校办到家门口\n\n　　本报讯（记者 林溪）固阳县妇联办班{n}余场。\n" for n in range(10, 14)]
    pages = [source(text, f"{n}.txt") for n, text in enumerate(texts)]
    transactions, original = [], run.load_pages

    def counted(work, *arguments, **options):
        transactions.append(len(work))
        if len(work) == len(texts):
            raise DatabaseError("不行")
        return original(work, *arguments, **options)

    monkeypatch.setattr(run, "load_pages", counted)
    told = []
    report = import_sources([pages], ImportOptions(), on_file=lambda *each: told.append(each))
    assert transactions == [4]
    assert not report.errors
    assert told == [(f"{n}.txt", "已导入") for n in range(4)]
    assert models.Page.objects.count() == 4
    more = [source(text.replace("办班", "办学"), f"又{n}.txt") for n, text in enumerate(texts[:3])]
    import_sources([[*more, *pages]], ImportOptions(force=True))
    assert transactions == [4, 3]
    assert models.Page.objects.count() == 7


def test_a_row_that_somebody_changed_meanwhile_is_not_written_over(gazetteer):
    load_pages([(source(), page(first_article()))], gazetteer)
    read = models.Initiative.objects.get()
    models.Initiative.objects.get().save()
    read.kind = "brand"
    pending = Pending()
    pending.change(read, ["kind"])
    with attributed("导入程序"), pytest.raises(OvertakenError):
        pending.flush()
    read.refresh_from_db()
    assert read.kind == "project"


def test_ids_that_were_taken_and_not_used_stand_in_nobodys_way(gazetteer):
    with attributed("导入程序"):
        pending = Pending()
        pending.expect(models.Author, 5)
        first = models.Author(name="林溪", key="林溪")
        pending.make(first)
        pending.flush()
        second = models.Author.objects.create(name="白桦")
        third = models.Author(name="青杨", key="青杨")
        pending.make(third)
        pending.flush()
    assert len({first.pk, second.pk, third.pk}) == 3
    assert models.Author.objects.count() == 3
