"""What an installation starts with."""

import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import ClassVar

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from kb.models import Article, ArticleSearch
from kb.secret_key import local_secret_key

ROOT = Path(__file__).resolve().parents[2]


KEY = "".join(f"{number:x}-sign" for number in range(20))
NAMES = (
    "DEBUG",
    "SECRET_KEY",
    "ALLOWED_HOSTS",
    "DATABASE_URL",
    "KB_PRODUCTION",
    "KB_HTTPS",
    "KB_ADMIN_PASSWORD",
)


def started(*command, cwd=ROOT, **environment):
    """A new process with these variables and none of those that the tests run with."""
    clean = {key: value for key, value in os.environ.items() if key not in NAMES}
    clean |= {"DJANGO_SETTINGS_MODULE": "kb.settings", **environment}
    return subprocess.run([sys.executable, *command], cwd=cwd, env=clean, capture_output=True, text=True)  # noqa: S603


def setting(expression, **environment):
    """A setting as a new process reads it from these variables."""
    done = started("-c", f"from django.conf import settings; print({expression})", **environment)
    assert done.returncode == 0, done.stderr
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


def test_processes_that_start_together_agree_on_the_key(tmp_path):
    code = "import sys, pathlib, kb.secret_key as k; print(k.local_secret_key(pathlib.Path(sys.argv[1])))"
    command = [sys.executable, "-c", code, str(tmp_path / "key")]
    several = [
        subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE)  # noqa: S603
        for _ in range(4)
    ]
    keys = {process.communicate()[0] for process in several}
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert [path.name for path in tmp_path.iterdir()] == ["key"]


def test_a_folder_that_is_not_there_or_not_writable_is_a_clear_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(ImproperlyConfigured, match=r"请设置 SECRET_KEY"):
        local_secret_key(tmp_path / "file" / "key")


def test_a_value_may_stand_in_a_file(tmp_path):
    (tmp_path / "key").write_text("$9 from a file\n")
    assert setting("settings.SECRET_KEY", SECRET_KEY_FILE=str(tmp_path / "key")) == "$9 from a file"
    missing = started("manage.py", "check", SECRET_KEY_FILE=str(tmp_path / "none"))
    assert missing.returncode == 1
    assert "SECRET_KEY_FILE" in missing.stderr
    assert "Traceback" not in missing.stderr


@pytest.mark.parametrize(
    ("variable", "value"), [("DEBUG", "ture"), ("KB_SUBMIT_LIMIT", "viel"), ("DATABASE_POOL_SIZE", "1.5")]
)
def test_a_misspelt_value_is_an_error_that_names_its_variable(variable, value):
    done = started("manage.py", "check", **{variable: value})
    assert done.returncode == 1
    assert variable in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_value_counts_as_not_set():
    assert setting(
        "settings.KB_PUBLIC_READ, settings.ALLOWED_HOSTS[0]", KB_PUBLIC_READ="", ALLOWED_HOSTS=""
    ) == ("True 127.0.0.1")


class TestProduction:
    SAFE: ClassVar = {"KB_PRODUCTION": "1", "SECRET_KEY": KEY, "ALLOWED_HOSTS": "kb.example.org"}

    def test_the_deployment_check_is_silent(self):
        done = started("-W", "error", "manage.py", "check", "--deploy", "--fail-level", "INFO", **self.SAFE)
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout == "System check identified no issues (1 silenced).\n"

    @pytest.mark.parametrize(
        ("variable", "value", "words"),
        [
            ("SECRET_KEY", "", "没有设置 SECRET_KEY"),
            ("SECRET_KEY", "short", "SECRET_KEY 太短"),
            ("SECRET_KEY", "a" * 60, "太单调"),
            ("SECRET_KEY", "django-insecure-" + KEY, "样例"),
            ("DEBUG", "true", "DEBUG 开着"),
            ("ALLOWED_HOSTS", "kb.example.org,*", "ALLOWED_HOSTS"),
            ("KB_ADMIN_PASSWORD", "admin", "KB_ADMIN_PASSWORD"),
        ],
    )
    def test_what_is_unsafe_ends_the_start_with_what_to_do(self, variable, value, words):
        done = started("manage.py", "check", **{**self.SAFE, variable: value})
        assert done.returncode == 1
        assert words in done.stderr
        assert "请" in done.stderr
        assert "Traceback" not in done.stderr

    def test_every_fault_is_named_at_once(self):
        unsafe = {"KB_PRODUCTION": "1", "SECRET_KEY": "x", "DEBUG": "1", "ALLOWED_HOSTS": "*"}
        assert [f"{number}. " in started("manage.py", "check", **unsafe).stderr for number in (1, 2, 3)] == [
            True
        ] * 3

    def test_the_server_s_application_does_not_start_either(self):
        done = started("-c", "import kb.wsgi", KB_PRODUCTION="1", SECRET_KEY="x")
        assert done.returncode != 0
        assert "拒绝启动" in done.stderr

    def test_people_come_by_https(self):
        secure = "settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.SECURE_SSL_REDIRECT"
        assert setting(secure, **self.SAFE) == "True True True"
        assert setting(secure, **self.SAFE, KB_HTTPS="false") == "False False False"
        assert setting(secure) == "False False False"

    def test_a_proxy_is_believed_only_where_there_is_one(self):
        assert setting("settings.SECURE_PROXY_SSL_HEADER", **self.SAFE) == "None"
        assert "FORWARDED_PROTO" in setting("settings.SECURE_PROXY_SSL_HEADER", **self.SAFE, KB_PROXIES="1")


class TestDatabase:
    URL = "postgres://somebody:old@127.0.0.1:5432/some"

    def test_threads_share_a_pool_on_postgresql(self):
        found = "settings.DATABASES['default']"
        shown = f"{found}['CONN_MAX_AGE'], {found}['OPTIONS'].get('pool')"
        pool = "{'min_size': 1, 'max_size': 8, 'timeout': 10}"
        assert setting(shown, DATABASE_URL=self.URL) == f"0 {pool}"
        without = setting(shown, DATABASE_URL=self.URL, DATABASE_POOL_SIZE="0", DATABASE_CONN_MAX_AGE="5")
        assert without == "5 None"

    def test_a_replica_is_waited_for_less_long_than_the_primary(self):
        shown = "settings.DATABASES['replica1']['OPTIONS']['pool']['timeout']"
        assert setting(shown, DATABASE_URL=self.URL, DATABASE_REPLICA_URL=self.URL) == "2"

    def test_the_password_may_come_by_itself(self):
        shown = "settings.DATABASES['default']['PASSWORD']"
        assert setting(shown, DATABASE_URL=self.URL) == "old"
        assert setting(shown, DATABASE_URL=self.URL, DATABASE_PASSWORD="n€w/@:") == "n€w/@:"


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


@pytest.mark.django_db
def test_words_of_rows_that_are_no_more_leave_the_index_when_it_is_written_anew(world):
    with connection.cursor() as cursor:
        column = "kb_article_search" if connection.vendor == "postgresql" else "head"
        cursor.execute(f"INSERT INTO kb_article_search (rowid, {column}) VALUES (999999, '')")  # noqa: S608
    call_command("rebuild_search", stdout=StringIO())
    assert sorted(ArticleSearch.objects.values_list("pk", flat=True)) == sorted(
        Article.objects.values_list("pk", flat=True)
    )


@pytest.mark.django_db(transaction=True)
def test_migrations_run_again_leave_the_triggers_in_place():
    call_command("migrate", verbosity=0)
    from tests.kb.test_models import test_the_triggers_stand_after_migrations

    test_the_triggers_stand_after_migrations()


@pytest.mark.django_db
def test_the_models_and_the_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, stdout=StringIO())
