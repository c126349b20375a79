"""What an installation starts with."""

import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from kb.models import Article, ArticleSearch
from kb.secret_key import local_secret_key

ROOT = Path(__file__).resolve().parents[2]


def setting(expression, **environment):
    """A setting as a new process reads it from these variables."""
    code = f"from django.conf import settings; print({expression})"
    names = ("DEBUG", "SECRET_KEY", "ALLOWED_HOSTS", "DATABASE_URL")
    clean = {key: value for key, value in os.environ.items() if key not in names}
    clean |= {"DJANGO_SETTINGS_MODULE": "kb.settings", **environment}
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", code], cwd=ROOT, env=clean, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_nothing_is_shown_of_errors_unless_asked_for():
    assert setting("settings.DEBUG") == "False"
    assert setting("settings.DEBUG", DEBUG="1") == "True"


def test_the_database_is_sqlite_unless_another_is_named():
    assert setting("settings.DATABASES['default']['ENGINE']") == "django.db.backends.sqlite3"
    url = "postgres://somebody@127.0.0.1:5432/some"
    assert (
        setting("settings.DATABASES['default']['ENGINE']", DATABASE_URL=url)
        == "django.db.backends.postgresql"
    )


def test_the_key_can_be_given():
    assert setting("settings.SECRET_KEY", SECRET_KEY="given") == "given"


def test_the_key_is_made_once_and_only_its_owner_reads_it(tmp_path):
    path = tmp_path / "key"
    key = local_secret_key(path)
    assert len(key) >= 50
    assert local_secret_key(path) == key
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_key_is_not_in_the_repository():
    ignored = subprocess.run(["git", "check-ignore", ".secret_key"], cwd=ROOT, capture_output=True, text=True)  # noqa: S607
    assert ignored.stdout.strip() == ".secret_key"


@pytest.mark.django_db
def test_the_search_index_can_be_written_anew(world):
    ArticleSearch.objects.all().delete()
    assert Article.objects.with_text("书屋").count() == 0
    out = StringIO()
    call_command("rebuild_search", stdout=out)
    assert "文章：3 条" in out.getvalue()
    assert Article.objects.with_text("书屋").count() == 1


@pytest.mark.django_db(transaction=True)
def test_migrations_run_again_leave_the_triggers_in_place():
    call_command("migrate", verbosity=0)
    from tests.kb.test_models import test_the_triggers_stand_after_migrations

    test_the_triggers_stand_after_migrations()


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
