"""How a page is compared with its annotation."""

import copy
import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from importers.evaluate.scoring import score_page
from importers.evaluate.tally import Report, Tally
from importers.evaluate.texts import alike, body_of_lines, likeness, plain

LINES = [
    "夜校开班",
    "　　固阳县白桦镇党委推出“小马灯”夜校项目，办班40余场，1200人听课。",
    "夜里的灯一直亮到十点。",
]
BODY = LINES[1].strip() + LINES[2]


def row(text, **fields):
    start = BODY.index(text)
    return {"surface": text, "start": start, "end": start + len(text), **fields}


def metric(text, **fields):
    start = BODY.index(text)
    return {
        "text": text,
        "start": start,
        "end": start + len(text),
        "upper": None,
        "status": "reported",
    } | fields


def gold():
    return {
        "seed": "009",
        "articles": [
            {
                "id": "009-1", "title": "夜校开班", "kicker": None, "column": None, "kind": "report",
                "city": "包头市",
                "authors": [{"name": "林溪", "role": "reporter"}], "reprinted_from": None, "lines": [[2, 3]],
                "first": BODY[:8], "last": BODY[-8:],
                "places": [{"surface": "白桦镇", "official": "白桦镇", "city": "包头市", "strict": False}],
                "organisations": [
                    {"name": "固阳县白桦镇党委", "category": "party_committee", "city": "包头市",
                     "surfaces": ["白桦镇党委"]}
                ],
                "initiatives": [
                    {"name": "“小马灯”夜校项目", "accept": ["小马灯"], "kind": "project", "city": "包头市",
                     "organisers": ["固阳县白桦镇党委"], "started": None}
                ],
                "metrics": [
                    {"text": "40余场", "value": 40, "upper": None, "unit": "场", "qualifier": "over",
                     "subject": "办班", "city": "包头市", "status": "reported",
                     "initiative": "“小马灯”夜校项目"},
                    {"text": "1200人", "value": 1200, "upper": None, "unit": "人", "qualifier": "exact",
                     "subject": "听课", "city": "包头市", "status": "reported"},
                ],
            }
        ],
    }  # fmt: skip


def reading():
    return {
        "articles": [
            {
                "title": "夜校开班", "kind": "report", "city": "包头市", "body": BODY,
                "authors": [{"name": "林 溪", "role": "reporter"}],
                "places": [row("白桦镇", official="白桦镇", city="包头市")],
                "organisations": [
                    row("固阳县白桦镇党委", name="固阳县白桦镇党委", category="party_committee",
                        city="包头市")
                ],
                "initiatives": [
                    row("“小马灯”夜校项目", name="小马灯夜校项目", kind="project", city="包头市",
                        organisers=["固阳县白桦镇党委"])
                ],
                "metrics": [
                    metric("40余场", value=40, unit="场", qualifier="over", subject="办班", city="包头市",
                           initiative="小马灯夜校项目"),
                    metric("1200人", value=1200.0, unit="人", qualifier="exact", subject="听课",
                           city="包头市"),
                ],
            }
        ]
    }  # fmt: skip


def scored(read, wanted=None):
    report = Report()
    score_page(report, wanted or gold(), read, LINES)
    return report


def test_a_right_reading_is_right_everywhere():
    report = scored(reading())
    assert {name: tally.f1 for name, tally in report.lines.items() if tally.f1 != 1} == {}
    assert report.line("evidence").right == 5
    assert report.line("places").right == 0, "a borderline row is not counted"
    assert report.findings() == set()


def change(path, value):
    read = copy.deepcopy(reading())
    part = read["articles"][0]
    for step in path[:-1]:
        part = part[step]
    part[path[-1]] = value
    return read


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        (("title",), "夜校", "articles.title"),
        (("kind",), "brief", "articles.kind"),
        (("city",), None, "articles.city"),
        (("body",), BODY[:20], "articles"),
        (("organisations", 0, "category"), "government", "organisations.category"),
        (("organisations", 0, "name"), "白桦镇党委", "organisations.name"),
        (("initiatives", 0, "kind"), "brand", "initiatives.kind"),
        (("initiatives", 0, "organisers"), ["妇联"], "initiatives.organisers"),
        (("metrics", 0, "value"), 400, "metrics.value"),
        (("metrics", 0, "upper"), 50, "metrics.value"),
        (("metrics", 0, "unit"), "次", "metrics.unit"),
        (("metrics", 0, "qualifier"), "exact", "metrics.qualifier"),
        (("metrics", 0, "subject"), "收入", "metrics.subject"),
        (("metrics", 0, "status"), "planned", "metrics.status"),
        (("metrics", 0, "initiative"), None, "metrics.initiative"),
        (("metrics", 0, "start"), 1, "evidence"),
    ],
)
def test_each_wrong_field_is_missed_in_its_line(path, value, line):
    report = scored(change(path, value))
    assert len(report.line(line).missed) >= 1
    if line.count(".") and line not in (
        "articles.title",
        "initiatives.organisers",
        "metrics.value",
        "metrics.subject",
    ):
        assert any(name == line for name, _, _ in report.confusions)


def tied(page, kind, **fields):
    """A page whose rows of a kind have these values in a field, in order."""
    for name, values in fields.items():
        for row, value in zip(page["articles"][0][kind], values, strict=True):
            row[name] = value
    return page


def counts(line):
    return line.right, len(line.missed), len(line.spurious)


PARTY, UNION = "固阳县白桦镇党委", "固阳县总工会"


@pytest.mark.parametrize("field", ["organisation", "place"])
@pytest.mark.parametrize(
    ("wanted", "found", "expected"),
    [
        ((PARTY, None), (PARTY, None), (1, 0, 0)),
        ((PARTY, None), (None, None), (0, 1, 0)),
        ((PARTY, None), (UNION, None), (0, 1, 1)),
        ((PARTY, None), (PARTY, UNION), (1, 0, 1)),
        ((None, None), (PARTY, UNION), (0, 0, 0)),
    ],
)
def test_what_a_figure_is_tied_to_is_right_missed_or_spurious(field, wanted, found, expected):
    report = scored(tied(reading(), "metrics", **{field: found}), tied(gold(), "metrics", **{field: wanted}))
    assert counts(report.line(f"metrics.{field}")) == expected


@pytest.mark.parametrize(
    ("found", "expected"),
    [(["固阳县", "白桦镇"], (1, 0, 0)), ([], (0, 1, 0)), (["固阳县"], (0, 1, 1))],
)
def test_an_initiative_is_in_the_annotated_place_or_not(found, expected):
    report = scored(
        tied(reading(), "initiatives", places=[found]), tied(gold(), "initiatives", place=["白桦镇"])
    )
    assert counts(report.line("initiatives.places")) == expected


def test_a_tie_that_the_reading_does_not_print_is_not_counted():
    report = scored(reading(), tied(gold(), "metrics", organisation=(PARTY, None), place=("白桦镇", None)))
    assert not {"metrics.organisation", "metrics.place"} & set(report.lines)


@pytest.mark.parametrize("kind", ["organisations", "initiatives", "metrics"])
def test_what_is_not_read_is_missed_and_what_is_not_annotated_is_spurious(kind):
    assert len(scored(change((kind,), [])).line(kind).missed) == len(gold()["articles"][0][kind])
    wanted = gold()
    wanted["articles"][0][kind] = []
    assert len(scored(reading(), wanted).line(kind).spurious) == len(gold()["articles"][0][kind])


def test_an_article_that_is_not_read_is_missed_with_all_it_holds():
    report = scored({"articles": []})
    assert {name: len(t.missed) for name, t in report.lines.items()} == {
        "articles": 1, "organisations": 1, "initiatives": 1, "metrics": 2,
    }  # fmt: skip


def test_an_article_too_many_is_spurious():
    read = reading()
    read["articles"].append({"title": "别的", "body": "毫不相干的另一段话。"})
    assert len(scored(read).line("articles").spurious) == 1


def test_a_tally_without_rows_is_perfect():
    assert (Tally().precision, Tally().recall, Tally().f1) == (1, 1, 1)
    assert Tally(right=1, missed=["x"], spurious=["y", "z"]).f1 == pytest.approx(0.4)


def test_texts_are_the_same_but_for_quotes_spaces_and_width():
    assert plain("“小马 灯”１２") == plain("小马灯12")
    assert alike("服务群众", "服务了群众")
    assert not alike("服务群众", "x" * 30)
    assert likeness("夜校开班了", "夜校开班了") == 1
    assert body_of_lines(["本报讯（记者 林溪）夜里的灯。"], [[1, 1]]) == "夜里的灯。"


@pytest.fixture
def folders(tmp_path):
    gold_folder, pages = tmp_path / "gold", tmp_path / "pages"
    gold_folder.mkdir()
    pages.mkdir()
    (gold_folder / "009.json").write_text(json.dumps(gold()), encoding="utf-8")
    (pages / "009_x.txt").write_text("\n".join(LINES), encoding="utf-8")
    earlier = tmp_path / "earlier.jsonl"
    earlier.write_text(json.dumps({"file": "009_x.txt", "articles": []}) + "\n", encoding="utf-8")
    return gold_folder, pages, earlier


def test_the_command_prints_figures_and_what_changed(folders):
    gold_folder, pages, earlier = folders
    out = StringIO()
    call_command("evaluate", gold=gold_folder, pages=pages, compare=earlier, errors=True, stdout=out)
    printed = out.getvalue()
    assert "articles.title" in printed
    assert "改坏 " in printed
    assert "（文章没有读出）" in printed.split("改好")[1]


def test_the_command_tells_where_figures_and_initiatives_are(folders):
    gold_folder, pages, _ = folders
    page = tied(tied(gold(), "metrics", place=("白桦镇", None)), "initiatives", place=["白桦镇"])
    (gold_folder / "009.json").write_text(json.dumps(page), encoding="utf-8")
    out = StringIO()
    call_command("evaluate", gold=gold_folder, pages=pages, stdout=out)
    printed = out.getvalue()
    assert "metrics.place " in printed
    assert "initiatives.places " in printed


@pytest.mark.parametrize("content", [None, b"[]", b"{", b"\xff\xfe"])
def test_the_command_names_a_file_that_extract_did_not_print(folders, tmp_path, content):
    gold_folder, pages, _earlier = folders
    other = tmp_path / "另一次.jsonl"
    if content is not None:
        other.write_bytes(content)
    with pytest.raises(CommandError, match=r"另一次\.jsonl"):
        call_command("evaluate", gold=gold_folder, pages=pages, compare=other, stdout=StringIO())


@pytest.mark.parametrize("wrong", ["[]", "{", '{"seed": "009"}'])
def test_the_command_names_a_file_that_is_no_annotation(folders, wrong):
    gold_folder, pages, _ = folders
    (gold_folder / "009.json").write_text(wrong, encoding="utf-8")
    with pytest.raises(CommandError, match=r"009\.json"):
        call_command("evaluate", gold=gold_folder, pages=pages)


def test_the_command_needs_annotations_and_pages(folders, tmp_path):
    gold_folder, pages, _ = folders
    with pytest.raises(CommandError, match="没有标注文件"):
        call_command("evaluate", gold=tmp_path, pages=pages)
    (pages / "009_x.txt").rename(pages / "008_x.txt")
    with pytest.raises(CommandError, match="没有以 009 开头"):
        call_command("evaluate", gold=gold_folder, pages=pages)
