"""What stands in somebody's way on a page, without what is known to be Streamlit's own."""

from __future__ import annotations

from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "resultTypes": ["violations"],
    "elementRef": False,
    "preload": False,
    "rules": {"target-size": {"enabled": True}},
}
"""All that axe knows, and the least size of a target besides, which it leaves out unasked."""

# Rule, what the element's own markup holds, and what is known of it. None of it is drawn by us.
STREAMLITS = (
    (
        "presentation-role-conflict",
        'data-testid="stFileUploaderDropzone"',
        "the drop zone's frame has a name and a role that takes names away; the button in it has "
        "its own (streamlit#15921 took it out of the order of Tab; no issue asks for the rest)",
    ),
    (
        "target-size",
        'role="spinbutton"',
        "day, month and year of a date are typed one after the other; the calendar beside them "
        "has targets that are large enough (since streamlit#16460; no issue asks for more)",
    ),
)

_TABS = 12
"""Presses of Tab among which there is one more stop, if there is any."""

# What is half open covers what is in it: nothing may have moved for some frames.
_LIES_OPEN = """async () => {
  const height = () => [document.querySelector("[data-testid=stMain]"),
    ...document.querySelectorAll("details[open]")].map((each) => each.scrollHeight + ":" +
      each.getBoundingClientRect().height).join();
  for (let still = 0, last = ""; still < 15;) {
    await new Promise(requestAnimationFrame);
    const now = height();
    still = now === last ? still + 1 : 0;
    last = now;
  }
}"""
# Streamlit sets its own colours a moment after the page's have changed.
_DARK = """() => [...document.querySelectorAll(".stApp, [data-testid=stSidebar], .rc")].every(
  (each) => {
    const [red, green, blue] = getComputedStyle(each).color.match(/[\\d.]+/g).map(Number);
    return red + green + blue > 380;
  })"""
_OPEN_ALL = """
for (const each of document.querySelectorAll("[data-testid=stMain] details:not([open]) > summary"))
  each.click();
"""
_AXE = "async options => (window.axe, (await axe.run(document, options)).violations)"
_CONTROLS = """() => {
  const wanted = "a[href], button, input:not([type=hidden]):not([type=file]), textarea, summary," +
    " select, [role=combobox], [tabindex='0']";
  window.reached = [];
  document.addEventListener("focusin", (event) => {
    const at = event.target.dataset.stop;
    if (at !== undefined && !window.reached.includes(Number(at))) window.reached.push(Number(at));
  });
  document.activeElement.blur();
  window.getSelection().empty();
  const found = [...document.querySelectorAll(wanted)].filter((each) =>
    each.checkVisibility({ visibilityProperty: true }) && !each.disabled &&
    each.tabIndex >= 0 && !each.closest("[aria-hidden=true]"));
  // Of choices that stand together Tab reaches one, the arrows the others.
  const choices = (each) => each.closest("[role=radiogroup], [role=toolbar]") ?? each;
  const stops = [...new Set(found.map(choices))];
  found.forEach((each) => { each.dataset.stop = stops.indexOf(choices(each)); });
  return stops.length;
}"""
_MOVES = """() => [...document.querySelectorAll("*")].filter((each) => {
  const { transitionDuration, animationDuration } = getComputedStyle(each);
  return `${transitionDuration},${animationDuration}`.split(",").some((x) => parseFloat(x) > 0.001);
}).map((each) => each.outerHTML.slice(0, 160))"""
_NARROW = 320
"""CSS pixels: a window of 1280 at four times its size, as WCAG 2.2 asks for (1.4.10)."""


def open_all(page: Page) -> None:
    """Opens all that is folded, so that it is looked at too, and waits until it lies open."""
    page.evaluate(_OPEN_ALL)
    page.evaluate(_LIES_OPEN)


def violations(page: Page, options: dict[str, Any] = RULES) -> list[str]:
    """One line a violation of ours: rule, element, what is wrong."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(Axe().axe_script)
    return [
        f"{each['id']}: {node['html'][:160]}: {node.get('failureSummary', '')[:200]}"
        for each in page.evaluate(_AXE, options)
        for node in each["nodes"]
        if not any(each["id"] == rule and mark in node["html"] for rule, mark, _ in STREAMLITS)
    ]


def unreached(page: Page) -> list[str]:
    """The controls that Tab does not reach from the top of the page down, in the order in which
    they stand in the document, which is that of the page."""
    stops = page.evaluate(_CONTROLS)
    reached: list[int] = []
    # Chromium stops at more than is counted: files, parts that scroll, the parts of a date.
    while len(reached) < stops:
        before = reached
        for _ in range(max(_TABS, stops - len(reached))):
            page.keyboard.press("Tab")
        reached = page.evaluate("() => window.reached")
        if len(reached) == len(before):
            break
    missed = [
        page.locator(f"[data-stop='{at}']").first.evaluate("(each) => each.outerHTML.slice(0, 160)")
        for at in range(stops)
        if at not in reached
    ]
    # Tab goes on from where somebody clicked last, and round.
    top = reached.index(min(reached))
    ordered = reached[top:] + reached[:top] == sorted(reached)
    return missed or ([] if ordered else [f"the order of focus is {reached}"])


def moving(page: Page) -> list[str]:
    """What moves though the reader's system asks that nothing does."""
    found: list[str] = page.evaluate(_MOVES)
    return found


def narrow_and_dark(page: Page) -> None:
    """The page as a telephone at night shows it, or a window at four times its size."""
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": _NARROW, "height": 1000})
    page.wait_for_function(_DARK)
    page.evaluate(_LIES_OPEN)


def too_wide(page: Page) -> int:
    """By how many pixels a page has to be scrolled sideways."""
    found: int = page.evaluate(
        "() => document.querySelector('[data-testid=stMain]').scrollWidth - window.innerWidth"
    )
    return max(0, found)
