"""What the pages' upload takes: no file that is too large, and nothing of one that broke off."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect
from streamlit import config
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.web.server.starlette.starlette_routes import create_upload_routes

from dashboards.serve import settings
from dashboards.web.app import fault, gone
from dashboards.web.serving import Serving
from kpi.store.location import home

BLOCK = b"x" * (1 << 20)
HEAD = (
    b'--edge\r\nContent-Disposition: form-data; name="f"; filename="export.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\n"
)
TAIL = b"\r\n--edge--\r\n"


class Runtime:
    """Stands in for Streamlit's: every session is open."""

    def is_active_session(self, _session: str) -> bool:
        return True


@pytest.fixture
def given() -> dict[str, Any]:
    """The settings that ``kpi serve`` gives but for one: by what a browser proves that it came from
    our page is another matter."""
    return settings("127.0.0.1", 8501, Serving()) | {"server.enableXsrfProtection": False}


@pytest.fixture
def manager(
    given: dict[str, Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> MemoryUploadedFileManager:
    """Where uploaded files are kept."""
    found = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: given.get(name, found(name)))
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return MemoryUploadedFileManager("/_stcore/upload_file")


def sent(
    manager: MemoryUploadedFileManager, blocks: int, length: int | None = None, whole: bool = True
) -> tuple[int, int]:
    """Sends a file of so many mebibytes, in the name of a page's session; with a length it is said
    before. Gives the answer's status, 0 for none, and how many blocks were asked for."""
    app = Starlette(
        routes=create_upload_routes(Runtime(), manager, ""),  # type: ignore[arg-type]
        exception_handlers={Exception: fault, ClientDisconnect: gone},
    )
    bodies = [HEAD, *[BLOCK] * blocks, *([TAIL] if whole else [])]
    asked, status = 0, 0

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        if asked > len(bodies):
            return {"type": "http.disconnect"}
        return {"type": "http.request", "body": bodies[asked - 1],
                "more_body": asked < len(bodies) or not whole}  # fmt: skip

    async def send(message: Any) -> None:
        nonlocal status
        status = message.get("status", status)

    headers = [
        (b"host", b"127.0.0.1:8501"),
        (b"content-type", b"multipart/form-data; boundary=edge"),
    ]
    if length is not None:
        headers.append((b"content-length", str(length).encode()))
    scope = {
        "type": "http", "method": "PUT", "path": "/_stcore/upload_file/s1/f1", "headers": headers,
        "query_string": b"", "scheme": "http", "server": ("127.0.0.1", 8501), "root_path": "",
        "http_version": "1.1", "client": ("127.0.0.1", 5000),
    }  # fmt: skip
    asyncio.run(app(scope, receive, send))
    return status, asked


def test_two_gigabytes_are_refused_unread(
    given: dict[str, Any], manager: MemoryUploadedFileManager
) -> None:
    """By their length where it is said, else as soon as more has come than is allowed."""
    assert sent(manager, 2_048, length=2 << 30) == (413, 0)
    assert given["server.maxUploadSize"] == 300
    given["server.maxUploadSize"] = 3  # so that the test need not write as much
    status, asked = sent(manager, 2_048)
    assert status == 413
    assert asked < 10
    assert not manager.get_files("s1", ["f1"])


def test_a_browser_that_goes_away_in_the_middle_leaves_nothing(
    manager: MemoryUploadedFileManager, tmp_path: Path
) -> None:
    assert sent(manager, 5, whole=False)[0] == 400
    assert not (home() / "kpi.log").exists()  # and it is no fault of the program
    assert not manager.get_files("s1", ["f1"])
    assert not list(tmp_path.iterdir())
    assert sent(manager, 5) == (204, 7)
    (kept,) = manager.get_files("s1", ["f1"])
    assert len(kept.data) == 5 << 20
