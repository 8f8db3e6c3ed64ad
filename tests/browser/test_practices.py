"""axe on practices side by side, as the page draws them, with no server behind."""

from __future__ import annotations

from dataclasses import replace

from playwright.sync_api import Browser

from dashboards.markup.practices import (
    chance_key,
    lines_block,
    matrix_block,
    matrix_key,
    told_block,
)
from dashboards.markup.style import style
from dashboards.views.practices import Shown, matrix, names, practice_line
from kpi.access.managers import Assignment, Manager
from kpi.access.practices import Practice
from kpi.report.theme import DARK, LIGHT
from kpi.review.scores.side_by_side import Beside
from kpi.score.model import ScoreMargin
from kpi.score.side_by_side import told_apart
from tests.browser.accessible import violations
from tests.dashboards.made_up import FIRST, LAST, score

LONG = "The Practice of Long Names and Longer Waiting Lists at the Far End of the Street"


def shown(number: int, name: str, low: float, high: float) -> Shown:
    practice = Practice(number, f"p{number}", name, "UTC", 1)
    assignment = Assignment(number, Manager("dana", "Dana"), practice, "role", FIRST, None, ())
    value = score(score=(low + high) / 2, margin=ScoreMargin(low, high, 1, 2000, 1927))
    return Shown(Beside(practice, assignment, (FIRST, LAST), None), value, LAST)


def page_of(all_of_it: list[Shown], dark: bool) -> str:
    palette = DARK if dark else LIGHT
    lines = [
        practice_line(each, whose, palette)
        for each, whose in zip(all_of_it, names(all_of_it), strict=True)
    ]
    named = [
        (line.whose, each.score) for each, line in zip(all_of_it, lines, strict=True) if each.score
    ]
    rows = matrix(all_of_it, palette)

    def link(at: int, kpi: str) -> str:
        return f"#{at}{kpi}"

    drawn = (
        chance_key(palette),
        lines_block(lines, link, lambda _at: ("It is published on the page", "Roles", "#roles")),
        told_block(told_apart(named), ["Whatever is not named cannot be told apart."]),
        matrix_key(palette),
        matrix_block(rows, [each.whose for each in lines], link),
    )
    ground = f"background:{palette.page};color:{palette.ink}"
    return (
        '<!doctype html><html lang="en" style="color-scheme:light dark"><head><title>Practices'
        f'</title>{style(palette)}</head><body style="{ground}"><main><h1>Practices</h1>'
        f"{''.join(drawn)}</main></body></html>"
    )


def test_axe_finds_nothing_in_practices_side_by_side(browser: Browser) -> None:
    """Seven practices, so that the KPIs are moved sideways and the pairs folded; one has a name of
    80 characters and no role."""
    practices = [shown(at, f"Practice {at}", 15 * at, 15 * at + 10) for at in range(6)]
    lacking = shown(7, LONG, 1, 2)
    practices.append(Shown(replace(lacking.beside, period=None, lacks="role")))
    for width in (1440, 390):
        page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme="light")
        page.set_content(page_of(practices, dark=False))
        for each in page.locator("summary").all():
            each.click()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
        page.emulate_media(color_scheme="dark")
        page.set_content(page_of(practices, dark=True))
        assert violations(page) == []
        page.close()
