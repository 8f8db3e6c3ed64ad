"""Streamlit's own empty page: what the pages are held against. Its script is empty."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.dashboards.test_serve import free_port

_PATIENCE = 120


@contextmanager
def empty_page(folder: Path) -> Iterator[str]:
    """A server of a page with nothing on it, on the machine itself; gives its address."""
    script, port = folder / "empty.py", free_port()
    script.write_text("", encoding="utf-8")
    options = {
        "server.address": "127.0.0.1",
        "server.port": str(port),
        "server.headless": "true",
        "server.fileWatcherType": "none",
        "browser.gatherUsageStats": "false",
        "client.toolbarMode": "minimal",
    }
    said = [part for name, value in options.items() for part in (f"--{name}", value)]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", str(script), *said],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        address = f"http://127.0.0.1:{port}"
        _wait_for(f"{address}/_stcore/health")
        yield address
    finally:
        server.terminate()
        server.wait(30)


def _wait_for(url: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 -- our own server
                return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"{url} does not answer")
