"""What open sessions cost a server that runs; run by hand, on Linux.

    kpi demo --no-browser --port 8600 &
    python -m tests.soak.sessions http://127.0.0.1:8600 --process PID [--sessions 200]

Each session is a tab with its websocket that has shown the overview, whole. Says the server's
memory before, with each fifty more, and after all were closed, and how long a page took.
"""

from __future__ import annotations

import argparse
import time
from statistics import median

from tests.soak.visiting import Browser, memory_of, settled

EVERY = 50


def main() -> None:
    options = argparse.ArgumentParser(description="Opens many sessions.")
    options.add_argument("address")
    options.add_argument("--process", type=int, required=True)
    options.add_argument("--sessions", type=int, default=200)
    options.add_argument("--id", default="physician")
    options.add_argument("--passphrase", default="sample practices, made-up people")
    options.add_argument("--closed", type=float, default=150, help="seconds to wait after closing")
    chosen = options.parse_args()
    browser = Browser(chosen.address, chosen.id, chosen.passphrase)
    browser.open_tab()[0].close()
    before = memory_of(chosen.process)
    print(f"the server, after its first page: {before:.0f} MiB", flush=True)
    tabs, took = [], []
    for number in range(1, chosen.sessions + 1):
        begun = time.monotonic()
        tabs.append(browser.open_tab()[0])
        took.append(time.monotonic() - begun)
        if not number % EVERY:
            now = settled(chosen.process)
            print(
                f"{number} sessions: {now:.0f} MiB, {(now - before) / number:.2f} each; a page "
                f"took {median(took[-EVERY:]):.2f} s at the median",
                flush=True,
            )
    for each in tabs:
        each.close()
    print(f"closed: {settled(chosen.process):.0f} MiB")
    print(f"{chosen.closed:.0f} s later: {settled(chosen.process, chosen.closed):.0f} MiB")


if __name__ == "__main__":
    main()
