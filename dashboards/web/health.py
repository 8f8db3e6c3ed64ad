"""Whether the server is well: for whoever watches over it, with nothing told to anybody else."""

from __future__ import annotations

from sqlalchemy import select
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

from dashboards import data
from kpi.store.engine import reading


async def health(_request: Request) -> Response:
    """200 where the database answers, 503 where it does not."""
    try:
        await run_in_threadpool(_ask)
    except Exception:  # whatever it is, the server is not well
        return PlainTextResponse("the database does not answer", 503)
    return PlainTextResponse("ok")


def _ask() -> None:
    with reading(data.engine()) as connection:
        connection.execute(select(1)).scalar_one()
