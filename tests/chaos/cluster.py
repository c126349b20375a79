"""A PostgreSQL of one's own, to be stopped and started; the one that others use is left alone."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.patience import PATIENCE
from tests.ports import free_port


def programs() -> Path | None:
    """Where the newest installed server's programs are; None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    if found:
        return found[-1]
    control = shutil.which("pg_ctl")
    return Path(control).parent if control else None


@dataclass
class Cluster:
    """A server with its folder and its port."""

    folder: Path
    port: int

    def control(self, *words: str) -> None:
        """Runs pg_ctl; a server is never root's."""
        self._run("pg_ctl", "-D", str(self.folder / "data"), "-w", "-t", str(int(PATIENCE)), *words)

    def start(self) -> None:
        """Starts the server and waits until it takes connections."""
        self.control("-l", str(self.folder / "log"), "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stops the server; `immediate` is what a power failure looks like."""
        self.control("-m", mode, "stop")

    def restart(self) -> None:
        """Breaks every connection and starts again."""
        self.stop()
        self.start()

    def configure(self, **settings: str | int) -> None:
        """Adds settings to those of the server, its address among them; the last of a name counts."""
        own = {"port": self.port, "unix_socket_directories": f"'{self.folder}'", **settings}
        with (self.folder / "data" / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.writelines(f"{name} = {value}\n" for name, value in own.items())

    def create(self, name: str, like: str = "template1") -> str:
        """The address of a new database, a copy of another one."""
        self._run("createdb", "-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-T", like, name)
        return f"postgres://postgres@127.0.0.1:{self.port}/{name}"

    def sql(self, words: str) -> str:
        """What a statement gives."""
        address = ["-h", "127.0.0.1", "-p", str(self.port), "-U", "postgres", "-d", "postgres"]
        return self._run("psql", *address, "-Atc", words)

    def connections(self, name: str, which: str = "true") -> int:
        """How many connections clients hold to a database, of all or of those that a condition picks."""
        query = f"select count(*) from pg_stat_activity where datname = '{name}' and {which}"  # noqa: S608
        return int(self.sql(query))

    def _run(self, program: str, *words: str) -> str:
        found = programs()
        if found is None:
            raise RuntimeError("no PostgreSQL server is installed")
        as_owner = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
        # The server keeps the pipes of pg_ctl open for as long as it runs, so it gets none.
        ends = {"stdout": subprocess.DEVNULL if program == "pg_ctl" else subprocess.PIPE}
        done = subprocess.run(  # noqa: S603
            [*as_owner, str(found / program), *words],
            stderr=subprocess.DEVNULL, text=True, check=True, cwd="/", **ends,
        )  # fmt: skip
        return done.stdout or ""


@contextmanager
def cluster(most_connections: int = 60) -> Iterator[Cluster]:
    """A new server, gone afterwards."""
    made = _unmade()
    made._run(
        "initdb", "-D", str(made.folder / "data"), "-A", "trust", "-U", "postgres", "-E", "UTF8", "--no-sync"
    )
    made.configure(
        max_connections=most_connections,
        fsync="off",
        superuser_reserved_connections=3,
        listen_addresses="'127.0.0.1'",
    )
    yield from _started(made)


@contextmanager
def standby(primary: Cluster) -> Iterator[Cluster]:
    """A server that follows another one by streaming replication and can be read; gone afterwards."""
    made = _unmade()
    source = ["-h", "127.0.0.1", "-p", str(primary.port), "-U", "postgres"]
    made._run(
        "pg_basebackup", *source, "-D", str(made.folder / "data"), "-R", "--checkpoint=fast", "--no-sync"
    )
    made.configure()
    yield from _started(made)


def _unmade() -> Cluster:
    """The folder and the port of a server to be made."""
    folder = Path(tempfile.mkdtemp(prefix="kb-cluster-"))
    if os.geteuid() == 0:
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
    return Cluster(folder, free_port())


def _started(made: Cluster) -> Iterator[Cluster]:
    """Starts a server, and takes it away at the end."""
    made.start()
    try:
        yield made
    finally:
        try:
            made.stop()
        except subprocess.CalledProcessError:
            time.sleep(0.1)
        shutil.rmtree(made.folder, ignore_errors=True)
