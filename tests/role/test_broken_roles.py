"""Each way to break a role file gives one finding, at its place, under its rule."""

import pytest

from kpi.role import findings_json, in_words
from tests.role.small import SMALL, broken, only, read, role_of

TARGET = "performance_metrics.kpis[1].target"

# What is replaced, by what (the mark stands where the finding points), rule, path, words it says.
BREAKS = {
    "a key misspelt": (
        "title: Med", "◆titel: x\ntitle: Med", "unknown-key", "titel", "Did you mean 'title'?"),
    "a key misspelt within": (
        "      weight: 60", "      weight: 60\n      ◆strech: 1", "unknown-key",
        "performance_metrics.kpis[0].strech", "Did you mean 'stretch'?"),
    "a key that nothing resembles": (
        "flsa: exempt", "flsa: exempt\n  ◆zzz: 1", "unknown-key", "compensation.zzz",
        "no key under 'compensation'"),
    "a section missing": (
        "benefits:\n  pto: 20 days a year\n", "◆", "missing-section", "benefits", "section 8"),
    "a section with nothing": (
        "benefits:\n  pto: 20 days a year", "◆benefits:", "empty-section", "benefits", "is empty"),
    "a section with an empty list": (
        "daily_duties:\n  - Opens the office at 7:30.", "◆daily_duties: []", "empty-section",
        "daily_duties", "is empty"),
    "a section of another kind": (
        "compliance:\n  - standard: hipaa\n    duty: Trains all staff each year.",
        "compliance: ◆all rules", "type", "compliance", "must be a list, not 'all rules'"),
    "a value left out": (
        "reports_to: Managing physician", "◆reports_to:", "empty", "reporting.reports_to",
        "Nothing is written"),
    "an empty text": (
        "Managing physician", '◆"  "', "empty", "reporting.reports_to", "Nothing is written"),
    "a required key missing": (
        "    - kpi: no_show_rate\n      weight: 40\n      floor: 10%\n      target: 5%",
        "    - ◆kpi: no_show_rate\n      weight: 40\n      floor: 10%", "missing-key",
        TARGET, "'target' is missing"),
    "a version that is a number": (
        '"2026.1"', "◆2026.10", "version", "version", "a number may change"),
    "a version with blanks": ('"2026.1"', '◆"v 1"', "version", "version", "cannot be a version"),
    "effective on a day": (
        "effective: 2026-01", "effective: ◆2026-01-15", "month", "effective", "is not a month"),
    "effective in a thirteenth month": (
        "effective: 2026-01", "effective: ◆2026-13", "month", "effective", "is not a month"),
    "reviewed on no day": (
        "2025-12-10", "◆2025-02-30", "date", "reviewed", "is not a date"),
    "an id with capitals": (
        "- id: billing", "- id: ◆Billing Cycle", "id", "responsibilities[0].id", "cannot be an id"),
    "yes for true": (
        "    kpis: [days_in_ar]", "    essential: ◆yes", "type", "responsibilities[0].essential",
        "must be true or false"),
    "a number for a text": (
        "  reports_to: Managing physician", "  reports_to: ◆7", "type", "reporting.reports_to",
        "must be a text"),
    "a duty that is no text": (
        "  - Opens the office at 7:30.", "  - ◆7", "type", "daily_duties[0]", "group of keys"),
    "a period that is none": (
        "review_period: quarter", "review_period: ◆quater", "choice",
        "performance_metrics.review_period", "Did you mean 'quarter'?"),
    "an unknown status": (
        "flsa: exempt", "flsa: ◆non-exempt", "choice", "compensation.flsa",
        "Did you mean 'nonexempt'?"),
    "an unknown standard": (
        "standard: hipaa", "standard: ◆hippa", "choice", "compliance[0].standard",
        "Did you mean 'hipaa'?"),
    "coverage without a unit": (
        "  review_period: quarter", "  review_period: quarter\n  minimum_coverage: ◆0.8", "unit",
        "performance_metrics.minimum_coverage", "has no unit"),
    "coverage above the whole": (
        "  review_period: quarter", "  review_period: quarter\n  minimum_coverage: ◆110%", "range",
        "performance_metrics.minimum_coverage", "between 0% and 100%"),
    "ratings out of order": (
        "  review_period: quarter",
        "  review_period: quarter\n  ratings: ◆{exceeds: 90, meets: 95}", "ratings",
        "performance_metrics.ratings", "'meets' begins at 95"),
    "a rating above the highest score": (
        "  review_period: quarter", "  review_period: quarter\n  ratings: {exceeds: ◆121}",
        "range", "performance_metrics.ratings.exceeds", "'121'"),
    "a rating misspelt": (
        "  review_period: quarter", "  review_period: quarter\n  ratings: {◆exceds: 103}",
        "unknown-key", "performance_metrics.ratings.exceds", "Did you mean 'exceeds'?"),
    "weights below 100": (
        "  kpis:\n    - kpi: days_in_ar\n      weight: 60",
        "  ◆kpis:\n    - kpi: days_in_ar\n      weight: 59.5", "weights",
        "performance_metrics.kpis", "add up to 99.5, not 100"),
    "weights above 100": (
        "  kpis:\n    - kpi: days_in_ar\n      weight: 60",
        "  ◆kpis:\n    - kpi: days_in_ar\n      weight: 100", "weights",
        "performance_metrics.kpis", "add up to 140, not 100"),
    "a weight that is a text": (
        "weight: 60", "weight: ◆60%", "type", "performance_metrics.kpis[0].weight",
        "must be a number"),
    "a KPI that there is not": (
        "kpi: no_show_rate", "kpi: ◆noshow_rate", "unknown-kpi",
        "performance_metrics.kpis[1].kpi", "Did you mean 'no_show_rate'?"),
    "a KPI that nothing resembles": (
        "kpi: no_show_rate", "kpi: ◆xyz", "unknown-kpi", "performance_metrics.kpis[1].kpi",
        "There is no KPI 'xyz'."),
    "a KPI twice": (
        "    - kpi: no_show_rate\n      weight: 40\n      floor: 10%\n      target: 5%",
        "    - kpi: ◆days_in_ar\n      weight: 40\n      target: 40 days", "duplicate-kpi",
        "performance_metrics.kpis[1].kpi", "already has a target on line 23"),
    "an unknown KPI behind a responsibility": (
        "kpis: [days_in_ar]", "kpis: [days_in_ar, ◆days_in_arr]", "unknown-kpi",
        "responsibilities[0].kpis[1]", "Did you mean 'days_in_ar'?"),
    "an unknown KPI behind a duty": (
        "- Opens the office at 7:30.", "- {text: Opens., kpis: [◆waits]}", "unknown-kpi",
        "daily_duties[0].kpis[0]", "There is no KPI 'waits'"),
    "an unknown KPI behind compliance": (
        "duty: Trains all staff each year.", "duty: Trains.\n    kpis: [◆hipaa_violation]",
        "unknown-kpi", "compliance[0].kpis[0]", "Did you mean 'hipaa_violations'?"),
    "a unit of another kind": (
        "target: 38 days", "target: ◆38%", "unit", "performance_metrics.kpis[0].target",
        "'38%' is not in days, as days_in_ar is"),
    "no unit": (
        "target: 38 days", "target: ◆38", "unit", "performance_metrics.kpis[0].target",
        "'38' has no unit"),
    "no value": (
        "target: 38 days", "target: ◆soon", "value", "performance_metrics.kpis[0].target",
        "'soon' is not a value"),
    "percentage points without a baseline": (
        "target: 5%", "target: ◆-2 pp", "unit", TARGET, "no baseline"),
    "a floor better than the target": (
        "floor: 10%", "floor: ◆4%", "floor", "performance_metrics.kpis[1].floor",
        "must be worse than the target"),
    "a floor at the target": (
        "floor: 10%", "floor: ◆5%", "floor", "performance_metrics.kpis[1].floor",
        "must be worse than the target"),
    "a stretch worse than the target": (
        "stretch: 32 days", "stretch: ◆40 days", "stretch", "performance_metrics.kpis[0].stretch",
        "must be better than the target"),
    "a band where lower is better": (
        "target: 5%", "target: ◆[4%, 6%]", "band", TARGET, "lower is better"),
    "a gate above the highest score": (
        "stretch: 32 days", "stretch: 32 days\n      gate: ◆130", "range",
        "performance_metrics.kpis[0].gate", "'130'"),
    "a minimum with a unit": (
        "stretch: 32 days", "stretch: 32 days\n      minimum: ◆3 months", "type",
        "performance_metrics.kpis[0].minimum", "must be a number"),
    "pay without a dollar sign": (
        "flsa: exempt", 'range: [◆62000, "$84,000"]', "unit", "compensation.range[0]",
        "has no unit"),
    "pay from high to low": (
        "flsa: exempt", 'range: ◆["$84,000", "$62,000"]', "pay-range", "compensation.range",
        "begins above its end"),
    "one end of pay": (
        "flsa: exempt", 'range: ◆["$84,000"]', "pay-range", "compensation.range",
        "1 amounts, not two"),
    "a share of the bonus without a unit": (
        "flsa: exempt", "bonus: {schedule: [{score: 90, share: ◆50}]}", "unit",
        "compensation.bonus.schedule[0].share", "has no unit"),
    "a bonus for a score that nobody reaches": (
        "flsa: exempt", "bonus: {schedule: [{score: ◆125, share: 50%}]}", "range",
        "compensation.bonus.schedule[0].score", "'125'"),
}  # fmt: skip


@pytest.mark.parametrize("name", BREAKS)
def test_a_broken_role(name: str) -> None:
    old, new, rule, path, words = BREAKS[name]
    text, line, column = broken(old, new)
    if rule == "missing-section":
        line, column = 1, 1
    found = only(read(text))
    assert (found.rule, found.path, found.line, found.column) == (rule, path, line, column)
    assert words in found.message
    assert found.level == "error"
    assert found.remedy.endswith((".", "}."))


def test_an_id_may_stand_once_in_a_section() -> None:
    text, line, column = broken(
        "qualifications:", "  - id: ◆billing\n    text: B.\nqualifications:"
    )
    found = only(read(text))
    assert (found.rule, found.line, found.column) == ("duplicate-id", line, column)
    assert "already stands on line 8" in found.message


def test_every_error_of_a_file_comes_at_once_in_its_order() -> None:
    text = (
        SMALL.replace('"2026.1"', "2026.1")
        .replace("  reports_to: M", "  report_to: M")
        .replace("floor: 10%", "floor: 10 days")
        .replace("weight: 60", "weight: 50")
        .replace("  flsa: exempt", "  flsa: exempt\n  flsa: nonexempt")
        .replace("standard: hipaa", "standard: hippa")
        .replace("benefits:\n  pto: 20 days a year\n", "")
    )
    found = read(text).findings
    assert [(each.line, each.rule) for each in found] == [
        (1, "missing-section"),
        (3, "version"),
        (19, "unknown-key"),
        (22, "weights"),
        (30, "unit"),
        (34, "duplicate-key"),
        (36, "choice"),
    ]


def test_each_wrong_target_of_a_list_is_named() -> None:
    text = SMALL.replace("target: 38 days", "target: 38 min").replace("target: 5%", "target: 5 s")
    assert [each.line for each in read(text).errors] == [26, 31]


def test_a_target_with_several_faults_names_each() -> None:
    text = SMALL.replace("floor: 50 days", "floor: fifty").replace("32 days", "32 %")
    assert [each.path for each in read(text).errors] == [
        "performance_metrics.kpis[0].floor",
        "performance_metrics.kpis[0].stretch",
    ]


def test_nothing_is_said_of_weights_while_one_cannot_be_read() -> None:
    assert [each.rule for each in read(SMALL.replace("weight: 60", "weight: sixty")).errors] == [
        "type"
    ]


CUSTOM = """\
  custom_kpis:
    - id: flu_shot_rate
      name: Flu shot rate
      unit: percent
      better: higher
      formula: ◆"count(appointments, appointment_type == 'flu shot') / visits"
  kpis:
    - kpi: flu_shot_rate
      weight: 40
      floor: 10%
      target: 50%
    - kpi: days_in_ar
      weight: 60
"""


def with_custom() -> tuple[str, int, int]:
    """A role with a KPI of its own, and where its formula stands."""
    text, line, column = broken("  kpis:\n    - kpi: days_in_ar\n      weight: 60\n", CUSTOM)
    target = "    - kpi: no_show_rate\n      weight: 40\n      floor: 10%\n      target: 5%\n"
    return text.replace(target, ""), line, column


def test_a_role_may_define_a_kpi_of_its_own() -> None:
    text, _, _ = with_custom()
    role = read(text).role
    assert role is not None
    (own,) = role.custom
    assert (own.id, own.name, own.unit, own.better) == (
        "flu_shot_rate", "Flu shot rate", "percent", "higher"
    )  # fmt: skip
    assert own.formula.measures == {
        "visits", "count(appointments, appointment_type == 'flu shot')"
    }  # fmt: skip
    assert role.kpi("flu_shot_rate") is own
    assert role.kpi("days_in_ar").family == "financial"


def test_a_custom_kpi_s_target_has_to_be_in_its_unit() -> None:
    text, _, _ = with_custom()
    errors = read(text.replace("floor: 10%", "floor: 10 min").replace("percent", "percnt")).errors
    assert [each.rule for each in errors] == ["choice"]
    errors = read(text.replace("floor: 10%", "floor: 10 min")).errors
    assert [each.rule for each in errors] == ["unit"]


@pytest.mark.parametrize(
    ("old", "new", "rule", "words"),
    [
        ("/ visits", "/ vists", "formula", "column 55: there is no measure 'vists'. Did you mean"),
        ("appointment_type ==", "kind ==", "formula", "appointments has no column 'kind'"),
        ("appointment_type ==", "appointment_id ==", "formula", "a formula cannot read it"),
        ("/ visits", "+ receipts", "formula", "dollars cannot be added to a plain number"),
        ("/ visits", "* receipts", "formula-unit", "comes to dollars, and the unit of flu_shot_ra"),
    ],
)
def test_a_formula_that_cannot_be_read_is_said_at_its_line(
    old: str, new: str, rule: str, words: str
) -> None:
    text, line, column = with_custom()
    found = only(read(text.replace(old, new)))
    assert (found.rule, found.line, found.column) == (rule, line, column)
    assert words in found.message


def test_a_custom_kpi_cannot_take_the_id_of_another() -> None:
    custom = (
        "  custom_kpis: [{id: ◆no_show_rate, name: N, unit: percent, better: lower, formula: a}]"
    )
    text, line, column = broken("  review_period: quarter", custom + "\n  review_period: quarter")
    found = read(text).errors
    assert [each.rule for each in found] == ["duplicate-kpi", "formula"]
    assert (found[0].line, found[0].column) == (line, column)


def test_what_is_only_advised_is_nothing_that_the_reader_names() -> None:
    text = SMALL.replace("summary: Runs the office.\n", "").replace("reviewed: 2025-12-10\n", "")
    text = text.replace("  flsa: exempt", "  bonus: {target: 8%, requires: [hipaa_violations]}")
    reading = read(text)
    assert reading.role is not None
    assert reading.findings == ()


def test_answers_to_warnings_stand_in_the_role_in_their_order() -> None:
    answers = "  - {rule: heavy-kpi, reason: Two.}\n  - {rule: cliff, reason: It is}\n"
    text = f"{SMALL}accepted:\n{answers}"
    assert [(each.rule, each.reason) for each in role_of(text).accepted] == [
        ("heavy-kpi", "Two."), ("cliff", "It is"),
    ]  # fmt: skip
    assert role_of(SMALL).accepted == ()
    assert only(read(f"{SMALL}accepted:\n  - rule: cliff\n")).rule == "missing-key"


def test_a_finding_as_json_and_in_words() -> None:
    text, _, _ = broken("review_period: quarter", "review_period: ◆quater")
    found = read(text).findings
    assert findings_json(found) == [
        {
            "level": "error",
            "rule": "choice",
            "path": "performance_metrics.review_period",
            "line": 21,
            "column": 18,
            "message": "'quater' is not possible for 'review_period'. Did you mean 'quarter'?",
            "remedy": "Write one of: month, quarter, half, year.",
        }
    ]
    assert in_words(found[0], "small.yaml") == (
        "small.yaml:21:18: error: performance_metrics.review_period: 'quater' is not possible for "
        "'review_period'. Did you mean 'quarter'? Write one of: month, quarter, half, year. "
        "[choice]"
    )
