"""Files that are far too large, and browsers that go away in the middle; run by hand, on Linux.

    kpi demo --no-browser --port 8600 &
    python -m tests.soak.large_uploads http://127.0.0.1:8600 --process PID --temporary /tmp

Sends two gigabytes with their length said before, then without it, then half of a file that is
allowed before the connection is cut, ten times, and at last a whole file that is allowed. Says
each time what was answered, how high the server's memory went, and what it kept of it.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from pathlib import Path

from tests.soak.visiting import Browser, memory_of, peak_of, settled

TWO_GIGABYTES, ALLOWED = 2 << 30, 250 << 20
_BLOCK = b"x" * (1 << 20)
_HEAD = (
    b'--edge\r\nContent-Disposition: form-data; name="f"; filename="export.csv"\r\n'
    b"Content-Type: text/csv\r\n\r\n"
)
_TAIL = b"\r\n--edge--\r\n"


def main() -> None:
    options = argparse.ArgumentParser(description="Sends what is too large.")
    options.add_argument("address")
    options.add_argument("--process", type=int, required=True)
    options.add_argument("--temporary", default=tempfile.gettempdir())
    options.add_argument("--id", default="physician")
    options.add_argument("--passphrase", default="sample practices, made-up people")
    chosen = options.parse_args()
    browser = Browser(chosen.address, chosen.id, chosen.passphrase)
    tab, session = browser.open_tab()
    print(f"before: {memory_of(chosen.process):.0f} MiB")
    length = len(_HEAD) + len(_TAIL)
    for what, size, said, whole in (
        ("2 GB, its length said", TWO_GIGABYTES, True, True),
        ("2 GB, its length not said", TWO_GIGABYTES, False, True),
        *((("half of 250 MB, then gone", ALLOWED, True, False),) * 10),
        ("250 MB", ALLOWED, True, True),
    ):
        with peak_of(chosen.process) as peak:
            answer = _send(browser, session, size, size + length if said else None, whole)
        now = settled(chosen.process)
        left = [name for name in _open_files(chosen.process) if chosen.temporary in name]
        print(f"{what}: {answer}; peak {peak[0]:.0f} MiB, then {now:.0f} MiB; "
              f"temporary files {left or 'none'}", flush=True)  # fmt: skip
    tab.close()


def _send(browser: Browser, session: str, size: int, length: int | None, whole: bool) -> str:
    connection = browser.begin_upload(session, "0" * 8, length)

    def send(block: bytes) -> None:
        connection.send(b"%x\r\n%b\r\n" % (len(block), block) if length is None else block)

    sent = 0
    try:
        send(_HEAD)
        while sent < (size if whole else size // 2):
            send(_BLOCK)
            sent += len(_BLOCK)
        if whole:
            send(_TAIL)
            if length is None:
                connection.send(b"0\r\n\r\n")
    except OSError as error:
        cut = f"cut off by the server after {sent / 2**20:,.0f} MiB ({type(error).__name__})"
    else:
        cut = ""
    try:
        if not whole:
            return f"gone after {sent / 2**20:,.0f} MiB"
        answer = connection.getresponse()
        return f"{answer.status} {answer.read(200).decode(errors='replace')} {cut}".strip()
    except (OSError, ValueError) as error:
        return cut or type(error).__name__
    finally:
        connection.close()


def _open_files(process: int) -> list[str]:
    found = []
    for each in Path(f"/proc/{process}/fd").iterdir():
        try:
            found.append(os.readlink(each))
        except OSError:  # closed meanwhile
            continue
    return found


if __name__ == "__main__":
    main()
