"""A browser's part towards a server that runs: it signs in, opens tabs, sends files."""

from __future__ import annotations

import http.client
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.sync.client import ClientConnection, connect

PATIENCE = 120


class Browser:
    """Somebody who is signed in at a server."""

    def __init__(self, address: str, id: str, passphrase: str) -> None:
        self.address, self.host = address, urlsplit(address).netloc
        form = urlencode({"id": id, "passphrase": passphrase, "next": "/"})
        sent = {"Content-Type": "application/x-www-form-urlencoded"}
        self.cookies = self._given("POST", "/auth/sign-in", form, sent)
        self.cookies |= self._given("GET", "/_stcore/health", "", {"Cookie": self.cookie})

    @property
    def cookie(self) -> str:
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _given(self, method: str, path: str, body: str, headers: dict[str, str]) -> dict[str, str]:
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.request(method, path, body or None, {"Origin": self.address, **headers})
        answer = connection.getresponse()
        assert answer.status < 400, (path, answer.status, answer.read())
        given = [each.partition(";")[0] for each in answer.headers.get_all("Set-Cookie", [])]
        connection.close()
        return {name: value for name, _, value in (each.partition("=") for each in given)}

    def open_tab(self) -> tuple[ClientConnection, str]:
        """A tab that shows the first page, whole; gives its websocket and its session's id."""
        tab = connect(
            f"ws://{self.host}/_stcore/stream", origin=self.address, subprotocols=["streamlit"],  # type: ignore[list-item,arg-type]
            additional_headers={"Cookie": self.cookie}, max_size=None, open_timeout=PATIENCE,
            ping_timeout=None,
        )  # fmt: skip
        asked = BackMsg()
        asked.rerun_script.query_string = ""
        tab.send(asked.SerializeToString())
        session = ""
        while True:
            said = ForwardMsg()
            said.ParseFromString(tab.recv(timeout=PATIENCE))  # type: ignore[arg-type]
            kind = said.WhichOneof("type")
            if kind == "new_session":
                session = said.new_session.initialize.session_id
            if kind == "script_finished":
                return tab, session

    def begin_upload(
        self, session: str, file: str, length: int | None
    ) -> http.client.HTTPConnection:
        """The head of an upload's request; its body is to follow. Without a length it comes in
        chunks, whose end nobody knows."""
        connection = http.client.HTTPConnection(self.host, timeout=PATIENCE)
        connection.putrequest("PUT", f"/_stcore/upload_file/{session}/{file}")
        for name, value in (
            ("Cookie", self.cookie),
            ("Origin", self.address),
            ("X-Xsrftoken", self.cookies.get("_streamlit_xsrf", "")),
            ("Content-Type", "multipart/form-data; boundary=edge"),
        ):
            connection.putheader(name, value)
        if length is None:
            connection.putheader("Transfer-Encoding", "chunked")
        else:
            connection.putheader("Content-Length", str(length))
        connection.endheaders()
        return connection


def memory_of(process: int) -> float:
    """What a process holds of the machine's memory, in MiB (Linux)."""
    with open(f"/proc/{process}/statm", encoding="ascii") as said:
        return int(said.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


@contextmanager
def peak_of(process: int) -> Iterator[list[float]]:
    """Looks at a process's memory all the time; afterwards the list holds its highest, in MiB."""
    found, over = [memory_of(process)], threading.Event()

    def look() -> None:
        while not over.wait(0.02):
            found[0] = max(found[0], memory_of(process))

    watch = threading.Thread(target=look)
    watch.start()
    try:
        yield found
    finally:
        over.set()
        watch.join()


def settled(process: int, seconds: float = 3) -> float:
    """What a process holds a few seconds later, in MiB."""
    time.sleep(seconds)
    return memory_of(process)
