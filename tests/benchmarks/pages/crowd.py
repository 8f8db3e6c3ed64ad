"""People who click at the same moment, each over a websocket as their browsers would.

Twenty browsers on the machine that serves would measure themselves: they draw on machines of their
own. So one of the twenty is a real browser, and these are the others.
"""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from urllib.parse import urlencode

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

from tests.benchmarks.pages.watching import COOKIE

PAGES = ("", "kpi", "month-end", "reviews")


class Crowd:
    """Some people with a page open each, until it is left."""

    def __init__(self, address: str, secrets: Sequence[str], periods: Sequence[str]) -> None:
        self._address, self._secrets, self._periods = address, secrets, periods
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._people: list[tuple[ClientConnection, Mapping[str, str]]] = []
        self._rounds = 0

    def __enter__(self) -> Crowd:
        self._thread.start()
        self._people = self._do(self._come()).result()
        return self

    def __exit__(self, *_: object) -> None:
        self._do(self._leave()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(30)
        self._loop.close()

    def click(self) -> Future[list[float]]:
        """Everybody goes to another page at once; gives the seconds that each waits for the last
        of it."""
        self._rounds += 1
        return self._do(self._click(self._rounds))

    def _do(self, work: object) -> Future:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    async def _come(self) -> list[tuple[ClientConnection, Mapping[str, str]]]:
        return [await self._open(secret) for secret in self._secrets]

    async def _open(self, secret: str) -> tuple[ClientConnection, Mapping[str, str]]:
        socket = await connect(
            self._address.replace("http", "ws", 1) + "/_stcore/stream",
            origin=self._address,
            subprotocols=["streamlit"],
            additional_headers={"Cookie": f"{COOKIE}={secret}"},
            max_size=None,
        )
        return socket, await _run(socket, "", "")

    async def _click(self, at: int) -> list[float]:
        return await asyncio.gather(
            *(self._visit(who, at, *each) for who, each in enumerate(self._people))
        )

    async def _visit(
        self, who: int, at: int, socket: ClientConnection, pages: Mapping[str, str]
    ) -> float:
        started = time.perf_counter()
        period = self._periods[(who + at // len(PAGES)) % len(self._periods)]
        page = PAGES[(who + at) % len(PAGES)]
        await _run(socket, pages[page], urlencode({"period": period}))
        return time.perf_counter() - started

    async def _leave(self) -> None:
        for socket, _ in self._people:
            await socket.close()


async def _run(socket: ClientConnection, page: str, query: str) -> Mapping[str, str]:
    """Asks for a page and takes in all of it; gives the pages' hashes by their addresses."""
    asked = BackMsg()
    asked.rerun_script.page_script_hash = page
    asked.rerun_script.query_string = query
    await socket.send(asked.SerializeToString())
    pages: dict[str, str] = {}
    while True:
        said = ForwardMsg()
        said.ParseFromString(await socket.recv())
        kind = said.WhichOneof("type")
        if kind == "navigation":
            default = {each.page_script_hash: each.is_default for each in said.navigation.app_pages}
            pages = {
                "" if default[each.page_script_hash] else each.url_pathname: each.page_script_hash
                for each in said.navigation.app_pages
            }
        elif kind == "script_finished":
            return pages
