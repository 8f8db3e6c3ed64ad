"""The server's app: Streamlit's pages, our routes beside them, the gate around both."""

from __future__ import annotations

from importlib.resources import files

from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp

from dashboards.web.gate import Gate, failed
from dashboards.web.headers import Headers
from dashboards.web.health import health
from dashboards.web.invitation import invitation
from dashboards.web.openid import openid_routes
from dashboards.web.page import answer, told
from dashboards.web.paths import HEALTH, INVITATION, SIGN_IN, SIGN_OUT
from dashboards.web.proxy import BehindProxy
from dashboards.web.request_log import RequestLog
from dashboards.web.serving import Serving, serving
from dashboards.web.sign_in import sign_in, sign_out
from kpi.store.faults import note_fault


def app() -> ASGIApp:
    """What the server answers with."""
    import streamlit as st

    found = st.App(
        str(files("dashboards").joinpath("entry", "main.py")),
        routes=routes(),
        middleware=middleware(serving()),
        exception_handlers={Exception: fault, ClientDisconnect: gone},
    )
    return Headers(found)  # around all of it, answers to faults among it


def routes() -> list[BaseRoute]:
    """The addresses that are ours."""
    return [
        Route(HEALTH, health, methods=["GET"]),
        Route(SIGN_IN, sign_in, methods=["GET", "POST"]),
        Route(SIGN_OUT, sign_out, methods=["POST"]),
        Route(INVITATION, invitation, methods=["GET", "POST"]),
        *openid_routes(serving()),
    ]


def middleware(started: Serving) -> list[Middleware]:
    """What a request passes on its way in, the outermost first."""
    behind = (
        []
        if started.proxy is None
        else [Middleware(BehindProxy, proxy=started.proxy), Middleware(RequestLog)]
    )
    return [*behind, Middleware(Gate)]


async def gone(_request: Request, _error: Exception) -> Response:
    """For a browser that went away while it sent: no fault of ours, and nobody is there to read."""
    return Response(status_code=400)


async def fault(_request: Request, error: Exception) -> Response:
    """What a fault of the program looks like: a number, under which the log has the rest."""
    return answer(told("Rolecard failed", failed(note_fault(error))), 500)
