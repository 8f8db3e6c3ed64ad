"""What was asked of the server, as events: for a service that others look after."""

from __future__ import annotations

import time

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kpi.store.event_log import note_event

# What comes after them names a session or a file, and is not to be had from a log.
_CUT_AFTER = ("/media/", "/_stcore/upload_file/")
_NOT_LOGGED = ("/static/", "/health")
_LONGEST = 200


class RequestLog:
    """Logs each request once it is answered, and each websocket once it is closed: from where,
    which path, with what outcome. Never a query string, a header or a body."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"].startswith(_NOT_LOGGED):
            await self.app(scope, receive, send)
            return
        started, status = time.monotonic(), 0

        async def answer(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "websocket.accept":
                status = 101
            elif message["type"] == "websocket.close" and not status:
                status = 403
            await send(message)

        try:
            await self.app(scope, receive, answer)
        finally:
            note_event(
                "request",
                method=scope.get("method", "WEBSOCKET"),
                path=logged(scope["path"]),
                status=status or 500,
                milliseconds=round((time.monotonic() - started) * 1000),
                address=(scope.get("client") or ("", 0))[0],
            )


def logged(path: str) -> str:
    """A path as the log has it."""
    for start in _CUT_AFTER:
        if path.startswith(start):
            return f"{start}…"
    return path[:_LONGEST]
