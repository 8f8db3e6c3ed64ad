"""The Chromium of this machine, and the program as a server of its own to look at."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    Locator,
    Page,
    Playwright,
    TimeoutError,
    expect,
    sync_playwright,
)

from tests.dashboards.test_serve import free_port

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


PATIENCE = 90_000
"""Milliseconds that a page may take to show something, on a busy machine."""

_QUIET = "() => document.querySelector('[data-test-script-state=notRunning]')"

TRIES = 9
"""How often a list is opened within that time."""


def leaves(url: str, address: str) -> bool:
    """Whether a request went anywhere but to the dashboard."""
    parts = urlsplit(url)
    return parts.scheme not in ("data", "blob") and parts.netloc != urlsplit(address).netloc


_plays: list[Playwright] = []


@contextmanager
def _playing() -> Iterator[Playwright]:
    """Playwright, of which a process has one: a second browser is another one of the first's."""
    if _plays:
        yield _plays[0]
        return
    with sync_playwright() as found:
        _plays.append(found)
        try:
            yield found
        finally:
            _plays.clear()


@contextmanager
def browsing(*flags: str) -> Iterator[Browser]:
    """Chromium, with no sandbox where it is run as root and would refuse one."""
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    with _playing() as playwright:
        found = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*FLAGS, *flags, *(["--no-sandbox"] if root else [])]
        )
        try:
            yield found
        finally:
            found.close()


def choose(page: Page, label: str, words: str) -> None:
    """Chooses in a box with the keyboard alone: types the words and presses Enter, unless they are
    chosen already."""
    box = page.get_by_role("combobox", name=label, exact=True)
    expect(box).to_be_visible(timeout=PATIENCE)
    if box.input_value() == words:
        return
    box.focus()
    option = page.get_by_role("option", name=words, exact=True)
    for _ in range(TRIES):  # a page that moves meanwhile shuts the list again
        box.fill(words)
        try:
            option.wait_for(timeout=PATIENCE / TRIES)
            break
        except TimeoutError:
            box.fill("")
    expect(option).to_be_visible()
    box.press("Enter")
    if page.get_by_test_id("stMultiSelect").filter(has=box).count():
        box.press("Escape")  # it stays open; a choice of one would be emptied
        # Until it is gone it takes the presses on what it lies over.
        expect(page.get_by_role("listbox")).to_have_count(0)
    page.wait_for_function("() => !document.querySelector('[data-testid=stStatusWidget]')")


def fold(page: Page, heading: str) -> None:
    """Opens what is folded under a heading."""
    summary = page.locator("summary").filter(has_text=heading)
    opened = page.locator("details[open]").filter(has=summary)
    for _ in range(TRIES):  # a page that is drawn anew meanwhile folds it again
        if not opened.count():
            summary.click(timeout=PATIENCE)
        page.wait_for_function(_QUIET, timeout=PATIENCE)
        if opened.count():
            return
    expect(opened).to_have_count(1)


def score(page: Page) -> Locator:
    """The big number of the overview."""
    return page.locator(".rc-score > b")


@contextmanager
def served(
    *command: str, log: Path | None = None, module: str = "kpi", **environment: str
) -> Iterator[str]:
    """A command of the program that serves the dashboard; gives its address. ``log``: where its
    events go; ``module``: what runs as the program."""
    port = free_port()
    errors = None if log is None else log.open("wb")
    server = subprocess.Popen(
        [sys.executable, "-m", module, *command, "--no-browser", "--port", str(port)],
        env={**os.environ, "PYTHONUNBUFFERED": "1", **environment},
        cwd=Path(__file__).resolve().parents[2],
        stdout=subprocess.PIPE,
        stderr=errors or subprocess.STDOUT,
        text=True,
    )
    try:
        _wait_until_it_says_its_address(server)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.communicate(timeout=30)
        if errors is not None:
            errors.close()


def _wait_until_it_says_its_address(server: subprocess.Popen[str]) -> None:
    said = []
    assert server.stdout is not None
    for line in server.stdout:
        said.append(line)
        if "Dashboard" in line:
            return
    raise AssertionError(f"the server ended: {''.join(said)[-1000:]}")
