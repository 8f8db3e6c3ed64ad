"""A starter role file is complete from the first line, whatever is answered."""

from __future__ import annotations

from datetime import date

import pytest

from kpi.catalogue import kpis
from kpi.errors import InputError
from kpi.months import Month
from kpi.role import Role
from kpi.role.check import check_role
from kpi.role.schema import SECTIONS
from kpi.role.starter import FAMILIES, PRESETS, Answers, even_weights, offered, starter

TODAY = date(2026, 12, 3)


def answers(**changes: object) -> Answers:
    said: dict[str, object] = {
        "practice": "Larkspur Family Medicine", "title": "Practice Manager",
        "reports_to": "Managing physician", "flsa": "exempt", "pay": (62000.0, 84000.0),
        "review_period": "quarter", "weights": PRESETS["small"],
    }  # fmt: skip
    return Answers(**(said | changes))  # type: ignore[arg-type]


def role_of(said: Answers) -> Role:
    """The role of a starter in which the check finds nothing, by today's calendar neither."""
    reading = check_role(starter(said, TODAY), "starter.yaml", today=TODAY)
    assert (reading.findings, reading.answered) == ((), ())
    assert reading.role is not None
    return reading.role


@pytest.mark.parametrize("size", PRESETS)
def test_every_preset_is_a_whole_role_that_explains_each_of_its_kpis(size: str) -> None:
    weights = PRESETS[size]
    role = role_of(answers(weights=weights))

    assert {target.kpi: target.weight for target in role.targets} == weights
    assert sum(weights.values()) == 100
    assert max(weights.values()) <= 25
    assert {kpis()[id].family for id in weights} == set(FAMILIES)
    explained = {id for each in role.document["responsibilities"] for id in each["kpis"]}
    assert explained == set(weights)
    assert set(SECTIONS) <= set(role.document)


def test_every_kpi_that_is_offered_has_values_in_its_own_unit_and_order() -> None:
    """The check refuses a wrong unit, a floor that is no worse and a stretch that is no better, and
    says where a duty is vague, nothing counterweighs volume, or a count punishes reporting."""
    always = ["overhead_ratio", "no_show_rate", "satisfaction_score", "training_on_time",
              "complaints_resolved_in_7_days"]  # fmt: skip
    # Beside the score, the share of best marks measures the same.
    others = [id for id in offered() if id not in (*always, "top_box_share")]
    lists = [others[at : at + 7] for at in range(0, len(others), 7)]
    weights = [even_weights([*always, *some]) for some in lists]
    weights.append(even_weights([*always[:2], *always[3:], "top_box_share"]))
    seen = {target.kpi for each in weights for target in role_of(answers(weights=each)).targets}
    assert seen == set(offered())
    assert len(seen) > 30


def test_it_is_reviewed_today_and_effective_next_month() -> None:
    role = role_of(answers())

    assert role.document["reviewed"] == "2026-12-03"
    assert role.effective == Month(2027, 1)
    assert role.version == "2027.1"
    assert role.role == "practice-manager"


def test_pay_is_by_the_year_or_by_the_hour_and_overtime_says_so() -> None:
    exempt = role_of(answers()).document["compensation"]
    hourly = role_of(answers(flsa="nonexempt", pay=(24.5, 31.0))).document["compensation"]

    assert (exempt["range"], exempt["per"]) == (["$62,000", "$84,000"], "year")
    assert (hourly["range"], hourly["per"]) == (["$24.50", "$31"], "hour")
    assert "off the clock" in hourly["overtime"]


def test_names_stay_as_they_are_whatever_signs_they_have() -> None:
    odd = 'O\'Hara: "Kids & Co." #1 {x} \\ «title» – Ärzte'
    role = role_of(answers(practice=odd, title=odd, reports_to=odd))

    assert role.title == odd
    assert role.document["reporting"]["reports_to"] == odd
    assert odd in role.document["summary"]
    assert odd in role.document["statements"]["accommodation"]


def test_a_title_without_latin_letters_has_an_id_all_the_same() -> None:
    assert role_of(answers(title="Заведующая")).role == "office-manager"


@pytest.mark.parametrize("name", ["", "  ", "a\x07b", "a\u202eb", "two\nlines"])
def test_a_name_that_cannot_be_printed_is_refused(name: str) -> None:
    with pytest.raises(InputError, match="cannot be printed"):
        starter(answers(practice=name), TODAY)


def test_weights_of_a_choice_are_even_whole_and_100() -> None:
    ids = ["overhead_ratio", "no_show_rate", "satisfaction_score", "training_on_time",
           "hipaa_violations", "days_in_ar", "median_wait_minutes"]  # fmt: skip

    assert list(even_weights(ids).values()) == [15, 15, 14, 14, 14, 14, 14]


@pytest.mark.parametrize(
    ("ids", "sentence"),
    [
        (["no_show"], "There is no KPI 'no_show'. .*'no_show_rate'"),
        (["ar_turnover"], "'ar_turnover' has no starter text"),
        (["no_show_rate", "days_in_ar"], "2 KPIs are chosen; choose 5 to 12"),
        (
            ["days_in_ar", "overhead_ratio", "no_show_rate", "hipaa_violations",
             "training_on_time"],
            "No satisfaction KPI is chosen",
        ),
    ],
)  # fmt: skip
def test_a_choice_that_makes_no_fair_role_is_refused(ids: list[str], sentence: str) -> None:
    with pytest.raises(InputError, match=sentence):
        even_weights(ids)
