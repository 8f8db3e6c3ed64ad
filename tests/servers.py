"""A PostgreSQL server of a test's own, which it may stop and start as it likes."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import NullPool, create_engine, text

from kpi.store.schema import init_database

USER = "postgres"
"""As whom the server runs where the test is root, which PostgreSQL refuses to be run by."""


class Server:
    """A server with its data in a folder, on a port of this machine's alone."""

    def __init__(self, programs: Path, folder: Path) -> None:
        self.programs, self.data, self.made = programs, folder / "data", 0
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._run("initdb", "-U", "rolecard", "-A", "trust", "-E", "UTF8", "--no-locale",
                  "--no-sync")  # fmt: skip
        with (self.data / "postgresql.conf").open("a") as settings:
            settings.write(
                f"port = {self.port}\nlisten_addresses = '127.0.0.1'\n"
                "unix_socket_directories = ''\nfsync = off\nautovacuum = off\n"
            )

    @property
    def url(self) -> str:
        return f"postgresql+psycopg://rolecard@127.0.0.1:{self.port}/postgres"

    def database(self) -> str:
        """The URL of a new database with Rolecard's tables in it, made by the migrations once."""
        admin = create_engine(self.url, isolation_level="AUTOCOMMIT", poolclass=NullPool)
        with admin.connect() as connection:
            if not self.made:
                connection.execute(text("CREATE DATABASE migrated"))
                init_database(self.url.replace("/postgres", "/migrated")).dispose()
            self.made += 1
            connection.execute(text(f"CREATE DATABASE rolecard_{self.made} TEMPLATE migrated"))
        return self.url.replace("/postgres", f"/rolecard_{self.made}")

    def start(self) -> None:
        """Starts it, and waits until it answers: what a stop broke off it has taken back then."""
        self._run("pg_ctl", "-w", "-s", "-l", str(self.data / "server.log"), "start")

    def stop(self, how: str = "immediate") -> None:
        """Stops it, as a server that crashes or loses its power unless said otherwise."""
        self._run("pg_ctl", "-m", how, "-s", "stop")

    def _run(self, program: str, *arguments: str) -> None:
        # Its output goes to a file: the server would keep a pipe open for as long as it runs.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [str(self.programs / program), "-D", str(self.data), *arguments],
                stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=self.data.parent,
                user=USER if _as_root() else None, check=False,
            )  # fmt: skip
            said.seek(0)
            assert done.returncode == 0, said.read().decode(errors="replace")


@contextmanager
def own_server() -> Iterator[Server]:
    """A server that runs, and is gone afterwards. Skips the test where PostgreSQL's programs are
    not where Debian puts them."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if not found:
        pytest.skip("there are no programs of PostgreSQL in /usr/lib/postgresql")
    # Not in the test's own folder, which is closed to others, the server's user among them.
    folder = Path(tempfile.mkdtemp(prefix="rolecard-server-", dir="/tmp"))
    try:
        if _as_root():
            shutil.chown(folder, USER)
        server = Server(found[-1].parent, folder)
        server.start()
        try:
            yield server
        finally:
            if (server.data / "postmaster.pid").exists():
                server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _version(program: Path) -> float:
    return float(program.parents[1].name)


def _as_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0
