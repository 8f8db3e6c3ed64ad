"""What a job description and a posting say."""

from __future__ import annotations

import lxml.html
import pytest

from kpi.errors import InputError
from kpi.role import Role, read_role
from kpi.role.rendering import render_role
from tests.role.rendering.reading import GOOD, SAMPLE, html_texts, role_of
from tests.role.small import SMALL

NINE = [
    "1. Responsibilities", "2. Qualifications", "3. Skills", "4. Daily duties", "5. Reporting",
    "6. Performance metrics", "7. Compensation", "8. Benefits", "9. Compliance",
]  # fmt: skip


def page(role: Role, **how: object) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(render_role(role, "html", **how).decode())


def table(found: lxml.html.HtmlElement, caption: str) -> list[list[str]]:
    """The rows of the table of that caption, its head first."""
    (wanted,) = [each for each in found.iter("table") if each.findtext("caption") == caption]
    return [[cell.text_content() for cell in row] for row in wanted.iter("tr")]


def facts(found: lxml.html.HtmlElement) -> dict[str, str]:
    return {each.findtext("dt"): each.findtext("dd") for each in found.iterfind(".//dl/div")}


def test_a_description_has_its_nine_sections_in_order() -> None:
    headings = [each.text for each in page(role_of(SAMPLE)).iter("h2")]

    assert headings == [*NINE, "Conditions of work", "Statements", "This version", "Signatures"]


def test_targets_stand_in_the_words_and_units_of_each_kpi() -> None:
    rows = table(page(role_of(SAMPLE)), "Targets")

    assert rows[0] == ["KPI", "Weight", "Floor", "Target", "Stretch", "Better"]
    assert rows[1] == ["Revenue growth", "12", "0%", "5%", "8%", "higher"]
    assert rows[3] == ["Days in A/R", "8", "50 days", "36 days", "30 days", "lower"]
    assert ["Patient satisfaction", "14", "65", "84", "92", "higher"] in rows
    assert rows[-1] == ["HIPAA violations", "12", "–", "0", "–", "lower"]
    assert sum(float(row[1]) for row in rows[1:]) == 100


def test_a_band_names_both_its_ends() -> None:
    rows = table(page(role_of(GOOD / "multispecialty_group.yaml")), "Targets")

    assert ["Slot utilization", "10", "72% to 102%", "86% to 95%", "–", "inside the band"] in rows


def test_without_its_value_a_baseline_is_told_as_a_change() -> None:
    found = page(role_of(SAMPLE))
    changes = ["15% above baseline", "10% below baseline", "25% below baseline"]

    assert ["Median wait", "12", *changes, "lower"] in table(found, "Targets")
    assert table(found, "Baselines")[1] == [
        "Median wait", "January to December 2025", "computed when this version is published",
        "floor 15% above it, target 10% below it, stretch 25% below it",
    ]  # fmt: skip


def test_with_its_value_a_baseline_gives_the_thresholds() -> None:
    """Of 20 minutes, 15% more is 23, 10% less 18, 25% less 15."""
    found = page(role_of(SAMPLE), baselines={"median_wait_minutes": 20.0})

    assert ["Median wait", "12", "23 min", "18 min", "15 min", "lower"] in table(found, "Targets")
    assert table(found, "Baselines")[1][2] == "20 min"


def test_a_value_that_is_missing_among_stored_baselines_is_refused() -> None:
    with pytest.raises(InputError, match="median_wait_minutes"):
        render_role(role_of(SAMPLE), "html", baselines={})


def test_changes_in_percentage_points_and_none_at_all() -> None:
    text = SMALL.replace(
        "      floor: 10%\n      target: 5%\n",
        "      baseline: {from: 2025-01, to: 2025-12}\n      floor: 0%\n      target: -2.5 pp\n",
    )
    rows = table(page(_read(text)), "Targets")

    assert rows[2] == [
        "No-show rate", "40", "same as baseline", "2.5 pp below baseline", "–", "lower"
    ]  # fmt: skip


def test_ratings_and_gates_are_said_in_words() -> None:
    found = page(role_of(SAMPLE))

    assert table(found, "Ratings")[1:] == [
        ["Outstanding", "112 or more"],
        ["Exceeds expectations", "103 or more, under 112"],
        ["Meets expectations", "90 or more, under 103"],
        ["Developing", "70 or more, under 90"],
        ["Below expectations", "under 70"],
    ]
    gate = "If the target of 0 is missed, the whole score is at most 60."
    assert gate in html_texts(render_role(role_of(SAMPLE), "html"))


def test_the_bonus_is_reckoned_as_a_part_of_pay() -> None:
    """Of a full bonus of 8% of pay, 50% is 4%, and 120% is 9.6%."""
    assert table(page(role_of(SAMPLE)), "Bonus schedule")[1:] == [
        ["90 or more", "50%", "4%"],
        ["100 or more", "100%", "8%"],
        ["110 or more", "120%", "9.6%"],
    ]


def test_pay_is_said_by_the_year_or_by_the_hour() -> None:
    assert facts(page(role_of(SAMPLE)))["Pay range"] == "$62,000 to $84,000 a year"
    hourly = facts(page(role_of(GOOD / "nonexempt_urgent_care.yaml")))
    assert hourly["Pay range"] == "$24.50 to $31 an hour"
    assert hourly["Status"].startswith("Non-exempt")


def test_a_kpi_of_the_roles_own_has_its_name_and_meaning() -> None:
    text = (
        SMALL.replace(
            "compensation:",
            "  custom_kpis:\n    - id: flu_shot_rate\n      name: Flu shot rate\n"
            "      unit: percent\n      better: higher\n"
            "      formula: \"count(appointments, appointment_type == 'flu "
            "shot') / visits\"\n      definition: Visits for a flu shot.\ncompensation:",
        )
        .replace("- kpi: no_show_rate", "- kpi: flu_shot_rate")
        .replace("floor: 10%\n      target: 5%", "floor: 5%\n      target: 10%\n      minimum: 30")
    )
    found = page(_read(text))

    assert ["Flu shot rate", "40", "5%", "10%", "–", "higher"] in table(found, "Targets")
    assert table(found, "What each KPI measures")[2][1:3] == [
        "Visits for a flu shot.", "appointments",
    ]  # fmt: skip


def test_what_a_small_role_does_not_say_leaves_no_hole() -> None:
    texts = html_texts(render_role(_read(SMALL), "html"))

    assert "Statements" not in texts
    assert "Bonus schedule" not in texts
    assert "None" not in texts


def test_version_dates_and_hash_stand_on_it() -> None:
    role = role_of(SAMPLE)
    said = " ".join(html_texts(render_role(role, "html")))

    assert "Version 2026.1, effective January 2026" in said
    assert "December 10, 2025" in said
    assert role.sha256 in said


@pytest.mark.parametrize("file", sorted([SAMPLE, *GOOD.glob("*.yaml")]), ids=lambda file: file.stem)
def test_a_posting_keeps_what_is_internal(file: object) -> None:
    role = role_of(file)  # type: ignore[arg-type]
    found = page(role, posting=True)
    said = " ".join(html_texts(render_role(role, "html", posting=True)))

    assert not list(found.iter("table"))
    for internal in (
        role.sha256, role.version, role.role, "Measured by", "Weight", "Stretch", "Ratings",
        "SHA-256", "Decides without asking", "Needs approval", "Signature",
        *(role.kpi(each.kpi).name for each in role.targets),
    ):  # fmt: skip
        assert internal not in said
    # In one the text of a duty speaks of a score or a target; the posting itself does not.
    headings = [each.text for each in found.iter("h2", "h3")]
    assert "Performance metrics" not in headings
    assert {"Compensation", "Benefits", "Qualifications", "Statements"} <= set(headings)
    assert facts(found)["Pay range"]
    assert facts(found)["Health insurance"]


def _read(text: str) -> Role:
    role = read_role(text, "role.yaml").role
    assert role is not None
    return role
