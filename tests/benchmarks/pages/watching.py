"""What somebody at a browser waits for, timed in the browser itself, frame by frame."""

from __future__ import annotations

from statistics import median
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from tests.benchmarks.pages.office import KPIS

PATIENCE = 120_000
COOKIE = "rolecard"

# Streamlit says so of itself once a script has run.
EMPTY = "() => document.querySelector('.stApp[data-test-script-state=notRunning]')"
AT_WORK = (
    "(said => said.content !== 'none' && said.opacity === '1')"
    "(getComputedStyle(document.querySelector('.stApp'), '::after'))"
)
_DRAWN = (
    "[...document.querySelectorAll('.rc-kpis img, .rc-head img')]"
    ".every(each => each.complete && each.naturalWidth && each.checkVisibility())"
)
SCORE_AND_ROWS = (
    "() => document.querySelector('.rc-score b')?.checkVisibility() && "
    f"document.querySelectorAll('.rc-kpis tbody tr').length === {len(KPIS)} && {_DRAWN}"
)
# What a page is there for; the heading alone comes first and is not yet it.
MARKS = {
    "Overview": f"document.querySelectorAll('.rc-kpis tbody tr').length && {_DRAWN}",
    "KPI": "document.querySelector('[data-testid=stPlotlyChart] .main-svg')",
    "Month-end": "document.querySelector('.rc-board')",
    "Reviews": "document.querySelector('.rc-reviews')",
}
_FIRST = """
{ const there = %s;
  const look = () => there() ? window.__first = performance.now() : requestAnimationFrame(look);
  requestAnimationFrame(look); }
"""
# From the press on, until what it asks for is painted: the frame after the one that has it.
_PRESSED = """
([there, kinds]) => { const seen = eval(there); window.__took = null;
  const pressed = event => {
    if (event.type === 'keydown' && event.key !== 'Enter') return;
    kinds.forEach(kind => removeEventListener(kind, pressed, true));
    const start = performance.now();
    const look = () => seen()
      ? requestAnimationFrame(() => window.__took = performance.now() - start)
      : requestAnimationFrame(look);
    requestAnimationFrame(look); };
  kinds.forEach(kind => addEventListener(kind, pressed, true)); }
"""


def first_content(browser: Browser, url: str, seen: str, secret: str | None = None) -> float:
    """Milliseconds until what ``seen`` looks for is on a page, in a browser with nothing kept."""
    context = context_of(browser, url, secret)
    page = context.new_page()
    page.add_init_script(_FIRST % seen)
    page.goto(url, wait_until="commit")
    page.wait_for_function("() => window.__first", timeout=PATIENCE)
    found: float = page.evaluate("() => window.__first")
    context.close()
    return found


def context_of(browser: Browser, url: str, secret: str | None) -> BrowserContext:
    """A browser of its own for somebody who is signed in."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    if secret is not None:
        context.add_cookies([{"name": COOKIE, "value": secret, "url": url}])
    return context


def arm(page: Page, seen: str) -> None:
    """Times from the next press on until ``seen`` is painted. It may use ``was``, the text of the
    page's heading and ``rows``, that of its KPIs, before."""
    kept = (
        "(() => { const heading = () => document.querySelector('.rc-title h1')?.innerText; "
        "const kpis = () => document.querySelector('.rc-kpis')?.innerText; "
        f"const was = heading(), rows = kpis(); return () => {seen}; }})()"
    )
    page.evaluate(_PRESSED, [kept, ["pointerup", "keydown"]])


def took(page: Page) -> float:
    """Seconds that what was armed took."""
    page.wait_for_function("() => window.__took", timeout=PATIENCE)
    milliseconds: float = page.evaluate("() => window.__took")
    return milliseconds / 1000


def settled(page: Page) -> None:
    """Waits until no run is under way."""
    page.wait_for_selector(
        ".stApp[data-test-script-state=notRunning]", state="attached", timeout=PATIENCE
    )


def link(page: Page, title: str) -> Any:
    """The way to a page in the sidebar."""
    return page.locator("[data-testid=stSidebar] a").filter(has_text=title).first


def there(title: str) -> str:
    """What ``arm`` looks for where one goes to a page."""
    return f"heading() !== was && {MARKS[title]}"


def move(page: Page, title: str) -> float:
    """Seconds from the press on a link of the sidebar until the page is there."""
    settled(page)
    arm(page, there(title))
    link(page, title).click()
    return took(page)


def choose_period(page: Page, words: str) -> float:
    """Seconds from choosing a period until its rows are there, on the overview."""
    settled(page)
    box = page.get_by_role("combobox", name="Period", exact=True)
    box.focus()
    box.fill(words)
    page.get_by_role("option", name=words, exact=True).wait_for(timeout=PATIENCE)
    arm(page, f"heading() !== was && kpis() && kpis() !== rows && {_DRAWN}")
    box.press("Enter")
    return took(page)


def open_row(page: Page) -> float:
    """Seconds from the press on a KPI's name in its row until its page is there."""
    settled(page)
    # Where the link loads the whole app anew, what was armed is gone: then by the page's own clock.
    page.add_init_script(_FIRST % f"() => {MARKS['KPI']}")
    arm(page, there("KPI"))
    page.locator(".rc-kpis tbody th a").first.click()
    page.wait_for_function("() => window.__took || window.__first", timeout=PATIENCE)
    milliseconds: float = page.evaluate("() => window.__took || window.__first")
    return milliseconds / 1000


def middle(found: list[float]) -> float:
    """The median."""
    return median(found)
