"""The pages in a real Chromium: how long until the first content, between pages, among twenty.

    python -m tests.benchmarks.pages [--folder FOLDER]

Practice and database are made once, in the folder, and found there the next time; that takes some
minutes. Two servers, Streamlit's own empty page and the dashboard, run beside each other, and are
looked at in turn. Goals are those of two cores that do nothing else.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

from playwright.sync_api import Browser, Page

from kpi.months import period_words
from tests.benchmarks.pages.crowd import Crowd
from tests.benchmarks.pages.empty import empty_page
from tests.benchmarks.pages.office import PEOPLE, PERIODS, office_in, sessions
from tests.benchmarks.pages.watching import (
    AT_WORK,
    EMPTY,
    PATIENCE,
    SCORE_AND_ROWS,
    arm,
    choose_period,
    context_of,
    first_content,
    link,
    middle,
    move,
    open_row,
    settled,
    there,
    took,
)
from tests.browser.chromium import browsing, served

TIMES = 7
ROUND = ("KPI", "Overview", "Month-end", "Reviews", "Overview")
ROUNDS = 4
CLICKS = 12
ONE = "physician1"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table: what took how much, and what it may take."""

    what: str
    figure: str
    goal: str
    met: bool


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    usual = Path(tempfile.gettempdir()) / "rolecard-pages"
    asked.add_argument("--folder", type=Path, default=usual, help=f"default: {usual}")
    folder = asked.parse_args().folder
    started = time.monotonic()
    with office_in(folder) as url:
        made = time.monotonic()
        secrets = sessions(url)
        for each in _looked_at(folder, url, secrets):
            missed = "" if each.met else "missed"
            print(f"{each.what:52}{each.figure:24}{each.goal:8}{missed}", flush=True)
    print(f"\n{time.monotonic() - made:.0f} s, {made - started:.0f} s before to make the practice;")
    print(f"what takes a processor 1 s took {_delayed():.1f} s: 1.0 where nothing else runs")


def _looked_at(folder: Path, url: str, secrets: dict[str, str]) -> Iterator[Line]:
    with (
        browsing() as browser,
        empty_page(folder) as empty,
        served("serve", "--db", url) as address,
    ):
        yield from _first(browser, empty, address, secrets[ONE])
        page = context_of(browser, address, secrets[ONE]).new_page()
        page.goto(address)
        yield from _moves(page)
        yield from _crowded(page, address, secrets)
    with (
        browsing() as browser,
        served("serve", "--db", url, module="tests.benchmarks.pages.slowly") as address,
    ):
        yield _progress(browser, address, secrets[ONE])


def _first(browser: Browser, empty: str, address: str, secret: str) -> Iterator[Line]:
    nothing, score = [], []
    first_content(browser, address, SCORE_AND_ROWS, secret)  # the score is worked out here
    first_content(browser, empty, EMPTY)
    for _ in range(TIMES):
        nothing.append(first_content(browser, empty, EMPTY))
        score.append(first_content(browser, address, SCORE_AND_ROWS, secret))
    ratio = middle(score) / middle(nothing)
    shown = f"{ratio:.2f} ({middle(score):.0f}, {middle(nothing):.0f} ms)"
    yield Line("score and KPI rows, against the empty page", shown, "1.6", ratio <= 1.6)


def _moves(page: Page) -> Iterator[Line]:
    page.wait_for_function(SCORE_AND_ROWS)
    by_page: dict[str, list[float]] = {}
    for title in ROUND * ROUNDS:
        by_page.setdefault(title, []).append(move(page, title))
    every = [each for found in by_page.values() for each in found]
    yield _seconds("between pages", every, 0.35)
    for title, found in by_page.items():
        yield _seconds(f"  to {title}", found, 0.35)
    move(page, "KPI")
    move(page, "Overview")
    words = cycle(period_words(*each) for each in PERIODS)
    yield _seconds(
        "to another period", [choose_period(page, next(words)) for _ in range(TIMES + 1)], 0.35
    )
    rows = []
    for _ in range(ROUNDS):
        rows.append(open_row(page))
        move(page, "Overview")
    yield _seconds("from a row to its KPI", rows, 0.35)


def _crowded(page: Page, address: str, secrets: dict[str, str]) -> Iterator[Line]:
    others = [secrets[id] for id in PEOPLE if id != ONE]
    periods = [f"{first}..{last}" for first, last in PERIODS]
    hers, theirs = [], []
    with Crowd(address, others, periods) as crowd:
        for title in [*ROUND * 3][:CLICKS]:
            settled(page)
            arm(page, there(title))
            clicked = crowd.click()
            link(page, title).click()
            hers.append(took(page))
            theirs += clicked.result()
    yield _seconds(f"one of {len(PEOPLE)} who click at once, in a browser", hers, 0.7)
    yield _seconds("  the others, until the last of the answer", theirs, 0.7)


def _progress(browser: Browser, address: str, secret: str) -> Line:
    """From a press until something says that it is being worked on, where a score is slow."""
    page = context_of(browser, address, secret).new_page()
    page.goto(address)
    page.wait_for_function(SCORE_AND_ROWS, timeout=PATIENCE)
    shown = []
    for title in ("KPI", "Overview", "KPI"):
        settled(page)
        arm(page, AT_WORK)
        link(page, title).click()
        shown.append(took(page))
    return _seconds("until a slow page says that it works", shown, 0.5)


def _seconds(what: str, found: list[float], goal: float) -> Line:
    shown = f"{middle(found):.2f} s ({max(found):.2f})"
    return Line(what, shown, f"{goal} s", middle(found) <= goal)


def _delayed() -> float:
    """How much longer work takes than its processor's time: what else the machine does."""
    started, used = time.perf_counter(), time.process_time()
    while time.process_time() - used < 1:
        pass
    return time.perf_counter() - started


if __name__ == "__main__":
    main()
