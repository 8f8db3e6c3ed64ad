"""Asks the server's routes without a server: the same middleware, with a stand-in for the pages."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.types import ASGIApp
from starlette.websockets import WebSocket

from dashboards.web.app import fault, middleware, routes
from dashboards.web.headers import Headers
from dashboards.web.serving import serving

PAGE = "the page"
HOST = "127.0.0.1:8501"


class Fault(Exception):
    """What a test has the program fail with."""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Sequence[tuple[str, str]]
    body: str

    def header(self, name: str) -> str:
        """A header's value, empty where it is not there."""
        return next((value for each, value in self.headers if each == name), "")

    @property
    def given(self) -> str:
        """The session's secret that the answer gives in a cookie."""
        return self.header("set-cookie").partition(";")[0].partition("=")[2]


def _app() -> ASGIApp:
    async def page(_request: Request) -> Response:
        return PlainTextResponse(PAGE)

    async def stream(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.close()

    everything = Route("/{rest:path}", page, methods=["GET", "POST", "PUT"])
    found = Starlette(
        routes=[*routes(), WebSocketRoute("/_stcore/stream", stream), everything],
        middleware=middleware(serving()),
        exception_handlers={Exception: fault},
    )
    return Headers(found)


def ask(
    path: str,
    *,
    secret: str | None = None,
    form: Mapping[str, str] | bytes | None = None,
    peer: str = "127.0.0.1",
    method: str = "",
    **headers: str,
) -> Answer:
    """Asks for a path; with a ``form`` it is posted as a browser does, from a page of ours."""
    found = {"host": HOST}
    body = b""
    if form is not None:
        body = form if isinstance(form, bytes) else urlencode(form).encode()
        found["origin"] = f"http://{headers.get('host', HOST)}"
        found["content-type"] = "application/x-www-form-urlencoded"
    if secret is not None:
        found["cookie"] = f"rolecard={secret}"
    found |= {name.replace("_", "-"): value for name, value in headers.items()}
    scope = _scope("http", path, found, peer)
    scope["method"] = method or ("GET" if form is None else "POST")
    sent = asyncio.run(_run(scope, {"type": "http.request", "body": body, "more_body": False}))
    start = next(each for each in sent if each["type"] == "http.response.start")
    body = b"".join(each.get("body", b"") for each in sent)
    headers_back = [(name.decode(), value.decode()) for name, value in start["headers"]]
    return Answer(start["status"], headers_back, body.decode())


def connects(secret: str | None = None, path: str = "/_stcore/stream", **headers: str) -> bool:
    """Whether a websocket is opened."""
    found = {"host": HOST, **({"cookie": f"rolecard={secret}"} if secret else {}), **headers}
    scope = _scope("websocket", path, found, "127.0.0.1")
    sent = asyncio.run(_run(scope, {"type": "websocket.connect"}))
    return sent[0]["type"] == "websocket.accept"


def _scope(kind: str, path: str, headers: Mapping[str, str], peer: str) -> dict[str, Any]:
    parts = urlsplit(path)
    return {
        "type": kind, "path": parts.path, "raw_path": parts.path.encode(), "root_path": "",
        "query_string": parts.query.encode(), "scheme": "http" if kind == "http" else "ws",
        "headers": [(name.lower().encode(), value.encode()) for name, value in headers.items()],
        "client": (peer, 50000), "server": ("127.0.0.1", 8501), "subprotocols": [],
        "http_version": "1.1", "extensions": {},
    }  # fmt: skip


async def _run(scope: dict[str, Any], event: dict[str, Any]) -> list[dict[str, Any]]:
    sent: list[dict[str, Any]] = []
    coming = [event]

    async def receive() -> dict[str, Any]:
        return coming.pop(0) if coming else {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)

    with suppress(Fault):  # a server only logs it: the answer is out by then
        await _app()(scope, receive, send)
    return sent
