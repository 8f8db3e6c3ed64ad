"""What the pages on roles show, from plain values and with no page."""

from __future__ import annotations

import pytest

from dashboards.charts.aims import Aims, aims_alt
from dashboards.charts.standings import standings
from dashboards.markup.document import document_block
from dashboards.views.role_findings import finding_lines, findings_words
from dashboards.views.role_targets import (
    aims_written,
    baseline_of,
    known_kpis,
    target_rows,
    weights_words,
)
from dashboards.views.role_versions import next_version, text_difference
from kpi.catalogue import kpi
from kpi.months import Month
from kpi.report.theme import LIGHT
from kpi.role.editing import WrittenTarget
from kpi.role.model import Finding, Terms
from kpi.role.rendering.blocks import Heading, Item, Items, Paragraph, Signatures, Table
from kpi.score.backtest import ReplayedKpi, ReplayedMonth
from kpi.score.model import SignalReading


def target(id: str, **values: str) -> WrittenTarget:
    return WrittenTarget(id, values)


@pytest.mark.parametrize(
    ("known", "effective", "next"),
    [
        ((), Month(2026, 1), "2026.1"),
        (("2025.1", "2026.1", "2026.2"), Month(2026, 12), "2026.3"),
        (("2026.9", "2026.10"), Month(2026, 12), "2026.11"),
        (("first", "2026.1b"), Month(2027, 1), "2027.1"),
    ],
)
def test_the_version_that_follows(known: tuple[str, ...], effective: Month, next: str) -> None:
    assert next_version(known, effective) == next


@pytest.mark.parametrize(
    ("weights", "said", "right"),
    [
        (("60", "40"), "The weights add up to 100 of 100.", True),
        (("33.3", "33.3", "33.4"), "The weights add up to 100 of 100.", True),
        (("60", "30"), "The weights add up to 90 of 100: add 10.", False),
        (("60", "42.5"), "The weights add up to 102.5 of 100: take away 2.5.", False),
        (("60", "much", "nan"), "The weights add up to 60 of 100; 2 cannot be read.", False),
        ((), "The weights add up to 0 of 100: add 100.", False),
    ],
)
def test_what_the_weights_add_up_to(weights: tuple[str, ...], said: str, right: bool) -> None:
    targets = [target(f"kpi_{at}", weight=each) for at, each in enumerate(weights)]
    assert weights_words(targets) == (said, right)


def test_what_is_written_in_the_kpis_own_unit() -> None:
    rate, days, band = kpi("no_show_rate"), kpi("days_in_ar"), kpi("slot_utilization")
    written = target("no_show_rate", floor="10%", target="5%", stretch="3%")
    assert aims_written(written, rate, None) == Aims(0.1, 0.05, 0.03)
    assert aims_written(target("days_in_ar", target="38 days"), days, None).target == 38.0
    # A unit that is not the KPI's is not drawn; the lint says so.
    assert aims_written(target("days_in_ar", target="38%"), days, None).target is None
    assert aims_written(target("x", target="85% to 95%"), band, None).target == (0.85, 0.95)


def test_changes_from_a_baseline_are_drawn_where_they_lie() -> None:
    """15% below 40 days is 34; 2 percentage points below 6% is 4%."""
    written = target("days_in_ar", baseline="2025-01 to 2025-12", floor="0%", target="-15%")
    assert aims_written(written, kpi("days_in_ar"), 40.0) == Aims(40.0, pytest.approx(34.0))
    points = target("no_show_rate", baseline="2025-01 to 2025-12", target="-2 pp")
    assert aims_written(points, kpi("no_show_rate"), 0.06).target == pytest.approx(0.04)
    assert aims_written(written, kpi("days_in_ar"), None) == Aims()
    found = baseline_of(written)
    assert (found.first, found.last) == (Month(2025, 1), Month(2025, 12))
    assert baseline_of(target("x", baseline="2025-12 to 2025-01")) is None
    assert baseline_of(target("x", baseline="last year")) is None


def test_the_list_of_targets_names_what_it_does_not_know() -> None:
    rows = target_rows([target("no_show_rate", weight="5"), target("no_shows")], known_kpis(""))
    assert [each.name for each in rows] == ["No-show rate", "no_shows (no such KPI)"]
    assert rows[0].cells[3] == "5"


def test_the_history_in_words() -> None:
    points = {Month(2026, 1): 0.04, Month(2026, 2): None, Month(2026, 3): 0.0625}
    assert aims_alt(kpi("no_show_rate"), points, Aims(target=0.05)) == (
        "No-show rate by month, January 2026 to March 2026: between 4% and 6.25%; 1 without a "
        "value; target 5%."
    )


def test_findings_quote_their_line_errors_first() -> None:
    text = "role: x\nsummary: >-\n  Runs the office.\n"
    found = (
        Finding("warning", "vague", "summary", 2, 1, "It is vague.", "Say what."),
        Finding("error", "missing", "", 0, 0, "A section is missing.", "Write it."),
    )
    first, second = finding_lines(found, text)
    assert (first.error, first.place, first.quoted) == (True, "Whole file", "")
    assert (second.place, second.quoted) == ("Line 2", "Runs the office.")
    assert findings_words(found) == "1 error, 1 warning"
    assert findings_words(found[:1]) == "No error, 1 warning"
    assert findings_words(()) == "Nothing to mend"


def test_lines_that_differ() -> None:
    assert text_difference("a\nb\n", "a\nc\n").splitlines()[1:] == [" a", "-b", "+c"]
    assert text_difference("a\n", "a\n") == ""


def test_standings_say_which_months_missed() -> None:
    def month(number: int, value: float | None, standing) -> ReplayedMonth:
        return ReplayedMonth(Month(2026, number), value, standing, None, None)

    definition = kpi("no_show_rate")
    months = (
        month(1, 0.04, "at_target"), month(2, None, None), month(3, 0.07, "between"),
        month(4, 0.2, "below_floor"),
    )  # fmt: skip
    reading = SignalReading(None, False, None)
    found = ReplayedKpi(definition, Terms("no_show_rate", 10, 0.05), months, reading)
    figure = standings(found, LIGHT)
    assert figure.alt == "The target is missed in March 2026, April 2026."
    assert figure.svg.count("<rect") == 3


def test_a_document_is_text_and_no_markup() -> None:
    shown = document_block(
        [
            Heading(2, "1. <b>Duties</b>"),
            Paragraph("Runs & leads.", "lead"),
            Items((Item("Opens <i>up</i>", "Daily", "Essential", ("at 7:30",)),)),
            Table("Targets", ("KPI", "Weight"), (("Wait", "10"),), (50, 50)),
            Signatures("Read by", ("Manager",)),
        ]
    )
    assert "<h2>1. &lt;b&gt;Duties&lt;/b&gt;</h2>" in shown
    assert "Runs &amp; leads." in shown
    assert "Opens &lt;i&gt;up&lt;/i&gt;" in shown
    assert 'aria-label="Targets"' in shown
    assert "Manager" not in shown
