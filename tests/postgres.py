"""A PostgreSQL of the tests' own: a cluster in a temporary folder, stopped at the end."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest

from tests.conftest import unable

DEBIAN = Path("/usr/lib/postgresql")


class Cluster:
    """A PostgreSQL server on a free port of this machine; it trusts nobody without a password."""

    user = "rigwise"
    password = "s3cret-of-the-tests"

    def __init__(self, binaries: Path, folder: Path) -> None:
        self._binaries = binaries
        self._data = folder / "data"
        self._log = folder / "log"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        secret = folder / "password"
        secret.write_text(self.password)
        account = _account()
        if account is not None:
            os.chown(folder, account.pw_uid, account.pw_gid)
            os.chown(secret, account.pw_uid, account.pw_gid)
        self._run(
            "initdb", "-D", self._data, "-U", self.user, "-A", "scram-sha-256", "-E", "UTF8",
            "--no-locale", "--pwfile", secret, "--no-sync",
        )  # fmt: skip
        self.start()

    def start(self) -> None:
        options = (
            f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' "
            "-c max_connections=200 -c shared_buffers=16MB"
        )
        self._run("pg_ctl", "-D", self._data, "-l", self._log, "-o", options, "-w", "start")

    def stop(self) -> None:
        """Stop at once, as a crash would; a stopped one stays stopped."""
        if (self._data / "postmaster.pid").exists():
            self._run("pg_ctl", "-D", self._data, "-m", "immediate", "-w", "stop")

    def url(self, database: str) -> str:
        return f"postgresql://{self.user}:{self.password}@127.0.0.1:{self.port}/{database}"

    @contextmanager
    def database(self) -> Iterator[str]:
        """Give the address of a new, empty database; drop it afterwards."""
        name = f"test_{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name}")
        try:
            yield self.url(name)
        finally:
            self._execute(f"DROP DATABASE {name} WITH (FORCE)")

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)

    def _run(self, program: str, *arguments: object) -> None:
        account = _account()
        subprocess.run(
            [self._binaries / program, *map(str, arguments)],
            check=True,
            cwd="/",
            user=account.pw_uid if account else None,
            group=account.pw_gid if account else None,
            extra_groups=[] if account else None,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,  # a pipe would stay open as long as the server runs
            stderr=subprocess.DEVNULL,
            timeout=60,
        )


def _account() -> pwd.struct_passwd | None:
    """Return whom to run as: PostgreSQL refuses root, its package comes with an account."""
    return pwd.getpwnam("postgres") if os.geteuid() == 0 else None


def _binaries() -> Path | None:
    versions = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if versions:
        return versions[-1].parent
    found = shutil.which("initdb")
    return Path(found).resolve().parent if found else None


@contextmanager
def running_cluster() -> Iterator[Cluster]:
    """Run a cluster; where PostgreSQL is not installed, the test cannot run."""
    binaries = _binaries()
    if binaries is None:
        unable("PostgreSQL is missing: apt-get install postgresql")
        raise AssertionError  # unable() never returns
    # Not tmp_path, nor what TMPDIR names: the server's account may have no way into them.
    with tempfile.TemporaryDirectory(prefix="rigwise-postgres-", dir="/tmp") as folder:
        cluster = Cluster(binaries, Path(folder))
        try:
            yield cluster
        finally:
            cluster.stop()


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[Cluster]:
    with running_cluster() as cluster:
        yield cluster


@pytest.fixture(scope="session")
def postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The address of an empty database for all tests of a run: use names of your own in it."""
    with postgres_cluster.database() as url:
        yield url


@pytest.fixture
def empty_postgres_url(postgres_cluster: Cluster) -> Iterator[str]:
    """The address of a database for one test alone."""
    with postgres_cluster.database() as url:
        yield url
