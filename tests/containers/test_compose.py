"""The files that make the image and the services are well formed and safe."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kb.security.secret_files import FILES, write_secrets
from tests.containers.composed import DOCKERFILE, compose, copied, services
from tests.databases import ROOT

SERVICES = services()
OURS = {name: service for name, service in SERVICES.items() if "build" in service}


def test_compose_reads_the_file_without_anything_set():
    done = compose("config", "--quiet")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("word", "instead"),
    [
        ("read_only: true", "readonly: true"),
        ("stop_grace_period: 1m", "stop_grace_period: [1m]"),
        ("[ALL]", "ALL"),
    ],
)
def test_a_slip_in_the_file_is_found(tmp_path, word, instead):
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    assert word in text
    file = tmp_path / "docker-compose.yml"
    file.write_text(text.replace(word, instead), encoding="utf-8")
    done = compose("config", "--quiet", file=file)
    assert done.returncode != 0
    assert "validating" in done.stderr


@pytest.mark.parametrize("name", SERVICES)
def test_no_service_can_do_more_than_it_must(name):
    service = SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert not {"privileged", "cap_add", "network_mode", "pid", "devices"} & set(service)
    assert service.get("user", "10001") != "root"
    assert all(port["host_ip"] == "127.0.0.1" for port in service.get("ports", ()))


def test_every_service_that_answers_is_asked_for_its_health():
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["web"]
    assert "HEALTHCHECK" in DOCKERFILE
    assert "healthcheck" not in SERVICES["web"], "the image's own"
    for name in ("db", "backup"):
        assert SERVICES[name]["healthcheck"]["test"]


def test_no_secret_stands_in_what_a_service_is_told():
    given = {"SECRET_KEY": "s" * 60, "POSTGRES_PASSWORD": "p" * 40, "KB_ADMIN_PASSWORD": "a" * 40}
    for name, service in services(**given).items():
        told = set(service["environment"].values()) & set(given.values())
        assert bool(told) == (name == "secrets")


def test_every_variable_is_one_that_the_program_knows():
    from tests.kb.test_operations_doc import ROWS

    known = {name for name, _, _ in ROWS}
    for service in OURS.values():
        for name in set(service["environment"]) - {"POSTGRES_PASSWORD"}:
            assert name.removesuffix("_FILE") in known, name


def test_the_image_holds_every_package_and_runs_as_nobody_in_particular():
    assert copied() == ["manage.py", "kb", "api", "importers", "seeds"]
    last = DOCKERFILE.split("\nFROM ")[-1]
    assert "\nUSER 10001\n" in last
    assert last.index("collectstatic") < last.index("ENV KB_PRODUCTION=true") < last.index("USER 10001")


def test_hadolint_finds_nothing():
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent))
    assert program
    done = subprocess.run([program, "Dockerfile"], cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    assert (done.returncode, done.stdout) == (0, "")


class TestSecrets:
    def test_they_are_made_up_once(self, tmp_path):
        assert write_secrets(tmp_path, {}) == list(FILES)
        first = {name: (tmp_path / name).read_text() for name in FILES}
        assert all(len(text) > 60 for text in first.values())
        assert len(set(first.values())) == 3
        assert write_secrets(tmp_path, {"SECRET_KEY": ""}) == []
        assert {name: (tmp_path / name).read_text() for name in FILES} == first

    def test_what_is_given_is_taken_and_files_of_ones_own_are_left(self, tmp_path):
        (tmp_path / "secret_key").write_text("mine")
        assert write_secrets(tmp_path, {"POSTGRES_PASSWORD": "given"}) == [
            "database_password",
            "admin_password",
        ]
        assert (tmp_path / "secret_key").read_text() == "mine"
        assert (tmp_path / "database_password").read_text() == "given\n"

    def test_a_folder_that_cannot_be_written_is_a_clear_error(self, tmp_path):
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-m", "kb.security.secret_files", str(tmp_path / "none")],
            cwd=ROOT, capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 1
        assert "密钥不能写入" in done.stderr
        assert "Traceback" not in done.stderr
