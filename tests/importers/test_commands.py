"""The commands, as they are typed."""

import json
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from importers import extract_file, run
from importers.extract_command import main as extract
from importers.extract_file import extract_text, uncovered_lines
from importers.load_result import TABLES
from importers.sources import read_source
from kb import models

ROOT = Path(__file__).resolve().parents[2]
PAGE = """灯下夜读

固阳县：

夜校办到家门口

　　本报讯（记者 林溪）固阳县白桦镇党委推出“小马灯”夜校项目，办班40余场，1200人听课。
截至目前，夜校已走进柳叶村等6个村，“晚上有了去处。”村民说。

送书下乡受欢迎

　　本报讯（记者 周牧云）近日，固阳县妇联到青杨社区走访，送去书籍120册，受到居民欢迎。
"""


@pytest.fixture
def folder(tmp_path):
    """A folder with one page."""
    (tmp_path / "001.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def typed(command, *words, **options):
    """What a command prints."""
    out = StringIO()
    call_command(command, *words, stdout=out, stderr=StringIO(), **options)
    return out.getvalue()


def cells(table):
    """The closing table: for each label the figures of its line."""
    lines = [line.split() for line in table.splitlines() if line.strip()]
    return {line[0]: [int(cell) for cell in line[1:]] for line in lines[1:]}


@pytest.mark.django_db
class TestImportPages:
    def test_the_table_counts_what_was_stored(self, folder):
        found = cells(typed("import_pages", str(folder)))
        assert len(found) == len(TABLES)
        assert found["版面"] == [1, 0, 0, 0, 0]
        assert found["文章"][0] == models.Article.objects.count() > 0
        assert found["数据"][0] == models.Metric.objects.count() > 0

    def test_a_second_import_reads_nothing(self, folder, monkeypatch):
        typed("import_pages", str(folder))
        monkeypatch.setattr(extract_file, "extract_page", None)
        assert cells(typed("import_pages", str(folder)))["版面"] == [0, 0, 1, 0, 0]

    def test_force_reads_again_and_writes_nothing(self, folder):
        typed("import_pages", str(folder))
        written = {row.pk: row.updated_at for row in models.Metric.objects.all()}
        found = cells(typed("import_pages", str(folder), force=True))
        assert all(line[0] == line[1] == line[4] == 0 for line in found.values())
        assert {row.pk: row.updated_at for row in models.Metric.objects.all()} == written

    def test_what_is_known_of_a_page_makes_it_be_read_again(self, folder):
        typed("import_pages", str(folder))
        (folder / "pages.toml").write_text('["001.txt"]\nnewspaper = "云岭日报"\n', encoding="utf-8")
        run.texts.__globals__["known_facts"].cache_clear()
        assert cells(typed("import_pages", str(folder)))["版面"] == [0, 1, 0, 0, 0]
        assert models.Page.objects.get().publication.name == "云岭日报"

    def test_a_dry_run_counts_and_stores_nothing(self, folder):
        found = cells(typed("import_pages", str(folder), dry_run=True))
        assert found["版面"] == [1, 0, 0, 0, 0]
        assert not models.Page.objects.exists()
        assert not models.Place.objects.exists()

    def test_a_bad_file_is_named_and_the_others_go_on(self, folder):
        (folder / "000.txt").write_bytes(b"\x00\x01\x02")
        (folder / "002.txt").write_bytes(b"")
        with pytest.raises(CommandError) as error:
            typed("import_pages", str(folder))
        assert "2 个文件没有导入" in str(error.value)
        assert str(folder / "000.txt") in str(error.value)
        assert models.Page.objects.count() == 1

    def test_an_error_while_reading_does_not_stop_the_others(self, folder, monkeypatch):
        (folder / "002.txt").write_text("另一版。" + PAGE, encoding="utf-8")

        def fail_on_one(text, **options):
            if text.startswith("另一版"):
                raise RecursionError("太深")
            return original(text, **options)

        original = extract_file.extract_page
        monkeypatch.setattr(extract_file, "extract_page", fail_on_one)
        with pytest.raises(CommandError, match=r"002\.txt：识别时出错"):
            typed("import_pages", str(folder))
        assert models.Page.objects.count() == 1

    def test_an_error_while_storing_leaves_nothing_of_the_page(self, folder, monkeypatch):
        from django.db import IntegrityError

        (folder / "002.txt").write_text("另一版。" + PAGE, encoding="utf-8")
        together, alone = run.load_pages, run.load_page

        def fail_with_one(work, gazetteer, **options):
            if any(source.name == "001.txt" for source, _ in work):
                raise IntegrityError("坏了")
            return together(work, gazetteer, **options)

        def fail_on_one(source, record, gazetteer, **options):
            if source.name == "001.txt":
                raise IntegrityError("坏了")
            return alone(source, record, gazetteer, **options)

        monkeypatch.setattr(run, "load_pages", fail_with_one)
        monkeypatch.setattr(run, "load_page", fail_on_one)
        with pytest.raises(CommandError, match=r"001\.txt：入库时出错"):
            typed("import_pages", str(folder))
        assert [page.source_file for page in models.Page.objects.all()] == ["002.txt"]

    def test_a_path_that_is_not_there_is_an_error(self, tmp_path):
        with pytest.raises(CommandError, match="不存在"):
            typed("import_pages", str(tmp_path / "无"))

    def test_several_processes_store_the_same(self, folder):
        for number in range(2, 5):
            (folder / f"00{number}.txt").write_text(PAGE.replace("120册", f"{number}00册"), encoding="utf-8")
        found = cells(typed("import_pages", str(folder), jobs=2))
        assert found["版面"][0] == 4
        assert [page.source_file for page in models.Page.objects.order_by("pk")] == [
            f"00{n}.txt" for n in range(1, 5)
        ]

    def test_plain_lines_where_there_is_no_terminal(self, folder, capsys):
        typed("import_pages", str(folder))
        assert "[1/1] 001.txt 已导入" in capsys.readouterr().err

    def test_the_seeds_import_without_a_warning(self, capsys):
        found = cells(typed("import_seeds"))
        assert found["版面"] == [5, 0, 0, 0, 0]
        for model in (
            models.PlaceMention,
            models.OrganisationMention,
            models.InitiativeMention,
            models.Metric,
        ):
            for row in model.objects.select_related("article"):
                assert row.article.body[row.start : row.end] == row.text
        assert cells(typed("import_seeds", force=True))["数据"][2] == models.Metric.objects.count()


class TestExtract:
    def test_the_form_of_a_line(self, folder, capsys):
        assert extract([str(folder)]) == 0
        (line,) = capsys.readouterr().out.splitlines()
        page = json.loads(line)
        assert list(page) == ["file", "sha256", "articles"]
        assert (page["file"], len(page["sha256"])) == ("001.txt", 64)
        article = page["articles"][0]
        assert list(article) == [
            "title", "kicker", "column", "kind", "city", "authors", "dateline", "reprinted_from", "body",
            "lines", "places", "organisations", "initiatives", "metrics",
        ]  # fmt: skip
        assert list(article["metrics"][0]) == [
            "text", "start", "end", "value", "upper", "unit", "qualifier", "subject", "initiative",
            "organisation", "city", "period_from", "as_of", "status",
        ]  # fmt: skip
        assert list(article["initiatives"][0]) == [
            "name", "surface", "start", "end", "kind", "organisers", "city", "started",
        ]  # fmt: skip

    def test_it_needs_neither_django_nor_a_database(self, folder):
        code = (
            "import sys; sys.argv = ['manage.py', 'extract', sys.argv[1]]; import manage\n"
            "try: manage.main()\n"
            "except SystemExit as end: assert end.code == 0, end.code\n"
            "print([m for m in ('django', 'jieba', 'rich') if m in sys.modules], file=sys.stderr)"
        )
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-c", code, str(folder)], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert done.stderr.strip() == "[]"
        assert json.loads(done.stdout)["file"] == "001.txt"

    def test_django_s_command_prints_the_same(self, folder, capsys):
        extract([str(folder)])
        direct = capsys.readouterr().out
        call_command("extract", str(folder))
        assert capsys.readouterr().out == direct

    def test_processes_give_the_same_in_the_same_order(self, folder, capsys):
        for number in range(2, 14):
            (folder / f"{number:03}.txt").write_text(PAGE.replace("120册", f"{number}00册"), encoding="utf-8")
        extract([str(folder)])
        alone = capsys.readouterr().out
        extract([str(folder), "--jobs", "2"])
        assert capsys.readouterr().out == alone

    def test_a_bad_file_is_told_and_the_status_says_so(self, folder, capsys):
        (folder / "000.txt").write_bytes(b"")
        assert extract([str(folder)]) == 1
        told = capsys.readouterr()
        assert len(told.out.splitlines()) == 1
        assert "000.txt：文件是空的" in told.err

    def test_coverage_lists_lines_that_belong_to_nothing(self, folder, capsys):
        source = read_source(folder / "001.txt")
        loose = uncovered_lines(source, extract_text(source.text))
        assert extract([str(folder), "--coverage"]) == bool(loose)
        assert len(capsys.readouterr().out.splitlines()) == len(loose)
        record = extract_text("")
        assert [number for number, _ in uncovered_lines(source, record)] == [
            n for n, line in enumerate(PAGE.split("\n"), 1) if line.strip()
        ]
