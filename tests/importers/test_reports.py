"""An import from the command line leaves a report."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from importers.models import ImportJob, JobState
from importers.queue import claim

PAGE = "灯火夜校开班\n本报讯 云岭镇入冬以来开办夜校12期，听课群众360余人次。\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "a.txt").write_text(PAGE, encoding="utf-8")
    return tmp_path


def imported(folder, **options):
    call_command("import_pages", str(folder), verbosity=0, stdout=StringIO(), stderr=StringIO(), **options)


def test_it_tells_who_imported_what_and_what_came_of_it(folder):
    imported(folder)
    report = ImportJob.objects.get()
    assert (report.state, report.name) == (JobState.DONE, str(folder))
    assert report.by.startswith("命令行（")
    assert (report.outcome["files"], report.outcome["failed"]) == (1, 0)
    assert report.outcome["counts"]["pages"] == {"created": 1}
    assert report.finished_at
    assert claim() is None, "no worker takes it for a job"


def test_a_file_that_fails_is_named(folder):
    (folder / "b.txt").write_bytes(b"\x00\x01")
    with pytest.raises(CommandError):
        imported(folder)
    report = ImportJob.objects.get()
    assert (report.state, report.outcome["files"], report.outcome["failed"]) == (JobState.FAILED, 2, 1)
    assert "b.txt" in report.error


def test_two_imports_leave_two_reports_and_a_dry_run_none(folder):
    imported(folder)
    imported(folder)
    imported(folder, dry_run=True)
    assert ImportJob.objects.count() == 2
