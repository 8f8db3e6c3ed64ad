"""Who is let in: nobody without a session gets anything but the way to sign in.

It is not where permissions are decided: pages and functions ask who acts on every run.
"""

from __future__ import annotations

from asyncio import timeout
from contextlib import suppress
from typing import Final
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards import data
from dashboards.web import cookie
from dashboards.web.page import answer, told
from dashboards.web.paths import HEALTH, is_closed, is_open, is_page, own_path, to_sign_in
from dashboards.web.serving import UPLOAD_MEGABYTES, serving
from kpi.access.accounts import Account
from kpi.access.sessions import signed_in
from kpi.errors import RolecardError
from kpi.store.faults import note_fault

PATIENCE_SECONDS: Final = 30
"""How long somebody who is refused may go on sending."""


class Gate:
    """Closes what nobody needs, answers under its own names only, and asks for a session."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] == HEALTH:
            await self.app(scope, receive, send)
            return
        connection = HTTPConnection(scope)
        refusal = await _refusal(connection)
        if refusal is None:
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": 1008})
        else:
            await _read_off(receive)
            await refusal(scope, receive, send)


async def _read_off(receive: Receive) -> None:
    """Reads what is still being sent, and keeps none of it, up to what an upload may hold.

    A proxy that is answered before it has sent all may find the connection closed under it, and
    then has no answer for the browser: "sign in first" would never arrive.
    """
    left = UPLOAD_MEGABYTES * 2**20
    with suppress(TimeoutError):
        async with timeout(PATIENCE_SECONDS):
            while left > 0:
                message = await receive()
                left -= len(message.get("body", b""))
                if not message.get("more_body", False):
                    return


async def visitor(connection: HTTPConnection) -> Account | None:
    """Whose session a browser's cookie names. Raises DatabaseError."""
    secret = cookie.secret_in(connection.cookies)
    if not secret:
        return None
    return await run_in_threadpool(lambda: signed_in(data.engine(), secret))


async def _refusal(connection: HTTPConnection) -> Response | None:
    """What is answered in place of what was asked for; None: go on."""
    path = connection.scope["path"]
    if not _named(connection.headers.get("host", "")):
        return PlainTextResponse("Rolecard is not served under this name.", 400)
    if is_closed(path):
        return PlainTextResponse("Not found", 404)
    if is_open(path):
        return None
    try:
        known = await visitor(connection) is not None
    except RolecardError as error:
        return answer(told("Rolecard is not ready", str(error)), 503)
    except Exception as error:  # a fault of the program, or a database that went away
        return answer(told("Rolecard failed", failed(note_fault(error))), 503)
    return None if known else _led_to_sign_in(connection)


def _led_to_sign_in(connection: HTTPConnection) -> Response:
    path = connection.scope["path"]
    if not is_page(path) or connection.scope.get("method") != "GET":
        return PlainTextResponse("Sign in first", 401)
    query = connection.scope["query_string"].decode("latin-1")
    wanted = own_path(f"{path}?{query}" if query else path)
    return RedirectResponse(to_sign_in(wanted), 303, {"Cache-Control": "no-store"})


def failed(reference: str) -> str:
    """The sentence for a fault of the program."""
    return (
        "Rolecard itself failed; nothing was half done. Tell whoever looks after it the reference "
        f"{reference}: the details stand under it in the installation's log."
    )


def _named(host: str) -> bool:
    """Whether a Host header is one of our names, with whatever port."""
    try:
        return urlsplit(f"//{host}").hostname in serving().names
    except ValueError:
        return False
