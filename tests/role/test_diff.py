"""Two roles compared by what they mean: each change is named, and nothing else is."""

import json
from collections.abc import Iterator
from copy import deepcopy
from typing import Any, get_args

import pytest
from pydantic import BaseModel

from kpi.role import Role, read_role
from kpi.role.diff import Difference, differences, differences_json
from kpi.role.schema import RoleFile
from tests.role.small import SMALL, role_of

FULL: dict[str, Any] = {
    "role": "office-manager",
    "title": "Office Manager",
    "version": "2026.1",
    "effective": "2026-01",
    "reviewed": "2025-12-10",
    "summary": "Runs the office.",
    "responsibilities": [
        {"id": "billing", "text": "Posts charges within five days.", "essential": True,
         "kpis": ["days_in_ar", "clean_claim_rate"]},
        {"id": "desk", "text": "Keeps the front desk staffed."},
    ],
    "qualifications": {
        "education": ["Required: associate degree.", "Preferred: bachelor's degree."],
        "certifications": ["Preferred: Certified Medical Manager."],
        "experience": "Five years in a medical office.",
    },
    "skills": [
        {"id": "financial", "text": "Reads an aging report.", "examples": ["Names the payer."],
         "kpis": ["days_in_ar"]},
        {"id": "leading", "text": "Leads a small team."},
    ],
    "daily_duties": [
        "Opens the office at 7:30.",
        {"text": "Calls every patient who did not come.", "essential": True,
         "kpis": ["no_show_rate"]},
    ],
    "reporting": {
        "reports_to": "Managing physician",
        "supervises": ["Front desk", "Billing"],
        "channels": ["Managing physician: weekly, 30 minutes."],
        "authority": {
            "decides": ["Purchases of up to $2,500.", "Work schedules of the staff."],
            "needs_approval": ["Hiring and dismissal."],
        },
    },
    "performance_metrics": {
        "review_period": "quarter",
        "minimum_coverage": "75%",
        "ratings": {"outstanding": 110, "exceeds": 102, "meets": 90, "developing": 70},
        "kpis": [
            {"kpi": "no_show_rate", "weight": 40, "floor": "10%", "target": "6%", "stretch": "4%",
             "gate": 60, "minimum": 20},
            {"kpi": "median_wait_minutes", "weight": 30,
             "baseline": {"from": "2025-01", "to": "2025-12"}, "floor": "0%", "target": "-15%",
             "stretch": "-25%"},
            {"kpi": "slot_utilization", "weight": 20, "target": ["85%", "95%"],
             "floor": ["70%", "100%"]},
            {"kpi": "flu_shot_rate", "weight": 10, "target": "20%"},
        ],
        "custom_kpis": [
            {"id": "flu_shot_rate", "name": "Flu shot rate", "unit": "percent",
             "better": "higher", "definition": "Visits with a flu shot.",
             "formula": "count(appointments, appointment_type == 'flu shot') / visits"},
        ],
    },
    "compensation": {
        "flsa": "exempt", "range": ["$62,000", "$84,000"], "per": "year",
        "overtime": "Exempt from overtime.",
        "bonus": {"target": "10%", "requires": ["no_show_rate"],
                  "schedule": [{"score": 90, "share": "50%"}, {"score": 100, "share": "100%"}]},
    },
    "benefits": {"health": "Medical plan.", "pto": "20 days a year.", "retirement": "401(k) plan.",
                 "professional_development": "$1,500 a year."},
    "compliance": [
        {"standard": "hipaa", "duty": "Trains all staff each year.", "kpis": ["hipaa_violations"]},
        {"standard": "osha", "duty": "Keeps the exposure plan current."},
    ],
    "conditions": {"physical": "Sits and stands.", "schedule": "Monday to Friday.",
                   "place": "At the practice."},
    "statements": {"equal_opportunity": "By what the work needs.",
                   "accommodation": "Reasonable accommodation.",
                   "not_a_contract": "This is no contract."},
    "accepted": [{"rule": "heavy-kpi", "reason": "The first year has one aim."}],
}  # fmt: skip
"""A role that fills every field that the schema has."""

CHOICES = {
    "review_period": "half", "unit": "count", "flsa": "nonexempt", "per": "hour",
    "standard": "ethics", "better": "lower", "effective": "2026-02", "reviewed": "2025-12-11",
    "from": "2024-07", "to": "2025-06", "version": "2026.2", "kpis": "overhead_ratio",
    "requires": "overhead_ratio", "range": "$70,000",
    "formula": "count(appointments, appointment_type == 'vaccination') / visits",
}  # fmt: skip
"""What a field that takes no free text is changed into."""
BESIDE: dict[tuple[Any, ...], list[tuple[tuple[Any, ...], Any]]] = {
    ("performance_metrics", "custom_kpis", 0, "better"): [
        (("performance_metrics", "kpis", 3, "floor"), "25%")],
    ("performance_metrics", "custom_kpis", 0, "unit"): [
        (("performance_metrics", "kpis", 3, "target"), "20"),
        (("performance_metrics", "custom_kpis", 0, "formula"), "visits")],
}  # fmt: skip
"""Changes that another change needs so that the role has no error."""


def role(document: dict[str, Any]) -> Role:
    reading = read_role(json.dumps(document), "r.yaml")
    assert reading.role is not None, reading.errors
    return reading.role


@pytest.fixture(scope="module")
def full() -> Role:
    return role(FULL)


def at(document: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def leaves(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(node, dict | list):
        for key, each in node.items() if isinstance(node, dict) else enumerate(node):
            yield from leaves(each, (*path, key))
    else:
        yield path


def parts(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Every key and item, whether there is more below it or not."""
    if path:
        yield path
    if isinstance(node, dict | list):
        for key, each in node.items() if isinstance(node, dict) else enumerate(node):
            yield from parts(each, (*path, key))


def another(path: tuple[Any, ...], value: Any) -> Any:
    """Another value that may stand there instead."""
    key = next(step for step in reversed(path) if isinstance(step, str))
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if key in ("floor", "target", "stretch", "minimum_coverage", "share"):
        return f"{float(value.removesuffix('%')) + 0.5:g}%"
    return CHOICES.get(key, f"{value}-other" if key in ("role", "id") else f"Another {value}")


def changed(path: tuple[Any, ...]) -> dict[str, Any]:
    found = deepcopy(FULL)
    at(found, path[:-1])[path[-1]] = another(path, at(FULL, path))
    for where, value in BESIDE.get(path, []):
        at(found, where[:-1])[where[-1]] = value
    if path[-1] == "weight":
        entry = at(found, (*path[:-2], 1 if path[-2] == 0 else 0))
        entry["weight"] -= 1
    if path[-2:] == (0, "kpi") or (path[-1] == "kpi"):
        at(found, path[:-1])["kpi"] = "no_show_rate"
    return found


def names(found: Difference, path: tuple[Any, ...]) -> bool:
    """Whether a change speaks of what stands at the path."""
    keys = [step for step in path if isinstance(step, str)]
    return found.section == keys[0] and any(
        step in found.path.split(".") for step in keys[-2:]
    )  # fmt: skip


# An id is what its entry is known by: with another one the entry is another.
RENAMED = [path for path in leaves(FULL) if path[-1] in ("id", "kpi")]


def test_the_role_fills_every_field_that_there_is() -> None:
    def fields(part: type[BaseModel], path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
        for name, each in part.model_fields.items():
            here = (*path, each.alias or name)
            yield here
            for below in models(each.annotation):
                yield from fields(below, here)

    def models(annotation: Any) -> Iterator[type[BaseModel]]:
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            yield annotation
        for inner in get_args(annotation):
            yield from models(inner)

    filled = {tuple(step for step in path if isinstance(step, str)) for path in parts(FULL)}
    assert {*fields(RoleFile)} - filled <= {("daily_duties", "text")}


@pytest.mark.parametrize("path", [each for each in leaves(FULL) if each not in RENAMED], ids=str)
def test_a_field_that_changes_is_named(full: Role, path: tuple[Any, ...]) -> None:
    other = role(changed(path))
    found = differences(full, other)
    assert found
    assert any(names(each, path) for each in found), [each.path for each in found]
    assert all(each.words for each in found)
    back = differences(other, full)
    assert {each.path.split(".")[0] for each in back} == {each.section for each in found}


NEEDED = {
    "role", "title", "version", "effective", "id", "text", "kpi", "weight", "target",
    "review_period", "name", "unit", "better", "formula", "from", "to", "score", "share",
    "standard", "duty", "rule", "reason",
}  # fmt: skip
OPTIONAL = ("reviewed", "summary", "conditions", "statements", "accepted")


def removable() -> list[tuple[Any, ...]]:
    """What a role can do without: optional keys, and items of lists that are not the last one."""
    found = []
    for path in parts(FULL):
        key = path[-1]
        if isinstance(key, int):
            free = len(at(FULL, path[:-1])) > 1 and path[:2] != ("performance_metrics", "kpis")
            free = free and path[-2] not in ("range", "target", "floor")
        else:
            free = key not in NEEDED and (len(path) > 1 or key in OPTIONAL)
            free = free and not (key == "kpis" and path[0] == "performance_metrics")
            free = free and path[:2] != ("performance_metrics", "custom_kpis")
            free = free and key not in ("baseline",)
        if path == ("compensation", "bonus", "target") or free:
            found.append(path)
    return found


@pytest.mark.parametrize("path", removable(), ids=str)
def test_what_goes_and_what_comes_is_named(full: Role, path: tuple[Any, ...]) -> None:
    less = deepcopy(FULL)
    del at(less, path[:-1])[path[-1]]
    other = role(less)
    gone, come = differences(full, other), differences(other, full)
    assert gone
    assert any(names(each, path) for each in gone), [each.path for each in gone]
    assert len(come) == len(gone)


def test_equal_roles_differ_in_nothing(full: Role) -> None:
    assert differences(full, role(deepcopy(FULL))) == ()


SAME = {
    "a default written out": ("essential: false\n    text: Posts", "text: Posts"),
    "a unit in words": ("floor: 10 percent", "floor: 10%"),
    "another way to write a number": ("weight: 60.0", "weight: 60"),
    "a remark": ("# why\nskills:", "skills:"),
    "the coverage that holds anyway": (
        "minimum_coverage: 80%\n  kpis:\n    - kpi: days", "kpis:\n    - kpi: days"),
    "the ratings that hold anyway": (
        "ratings: {outstanding: 112, exceeds: 103, meets: 90, developing: 70}\n"
        "  kpis:\n    - kpi: days", "kpis:\n    - kpi: days"),
    "keys in another order": (
        "target: 38 days\n      floor: 50 days", "floor: 50 days\n      target: 38 days"),
    "a text in two lines": (
        "text: >-\n      Posts charges\n      within five days.",
        "text: Posts charges within five days."),
    "a duty written as a group": ("- text: Opens the office", "- Opens the office"),
}  # fmt: skip


@pytest.mark.parametrize("name", SAME)
def test_what_means_the_same_is_no_difference(name: str) -> None:
    new, old = SAME[name]
    assert SMALL.count(old) == 1
    assert differences(role_of(SMALL), role_of(SMALL.replace(old, new))) == ()


def said(*changes: tuple[str, str]) -> list[str]:
    text = SMALL
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return [each.words for each in differences(role_of(SMALL), role_of(text))]


def test_the_words_of_targets_and_weights() -> None:
    assert said(
        ("target: 5%", "target: 4%"), ("weight: 60", "weight: 55"), ("weight: 40", "weight: 45"),
        ("stretch: 32 days", "stretch: 31 days"), ("floor: 10%", "gate: 60"),
        ("review_period: quarter", "review_period: month"),
    ) == [
        "review period quarter → month",
        "weight of days_in_ar 60 → 55",
        "stretch of days_in_ar 32 days → 31 days",
        "weight of no_show_rate 40 → 45",
        "floor of no_show_rate removed: 10%",
        "target of no_show_rate 5% → 4%",
        "gate of no_show_rate added: 60",
    ]  # fmt: skip


def test_the_words_of_a_kpi_that_takes_the_place_of_another() -> None:
    assert said(("kpi: no_show_rate", "kpi: overhead_ratio"), ("floor: 10%", "floor: 70%"),
                ("target: 5%", "target: 60%")) == [
        "KPI no_show_rate removed: weight 40, floor 10%, target 5%",
        "KPI overhead_ratio added: weight 40, floor 70%, target 60%",
    ]  # fmt: skip


def test_a_target_that_becomes_a_change_from_a_baseline() -> None:
    assert said(("floor: 50 days", "baseline: {from: 2025-01, to: 2025-12}\n      floor: 0%"),
                ("target: 38 days", "target: -10%"), ("stretch: 32 days", "stretch: -20%")) == [
        "floor of days_in_ar 50 days → 0% from the baseline",
        "target of days_in_ar 38 days → -10% from the baseline",
        "stretch of days_in_ar 32 days → -20% from the baseline",
        "baseline of days_in_ar added: 2025-01 to 2025-12",
    ]  # fmt: skip


def test_a_duty_reworded_is_told_from_one_that_went_and_one_that_came() -> None:
    assert said(("Opens the office at 7:30.", "Opens the office at 7:15.")) == [
        "daily duty reworded: “Opens the office at 7:30.” → “Opens the office at 7:15.”"
    ]
    assert said(("Opens the office at 7:30.", "Calls patients back.")) == [
        "daily duty removed: Opens the office at 7:30.",
        "daily duty added: Calls patients back.",
    ]
    assert said(("Posts charges within five days.", "Balances the drawer.")) == [
        "responsibility billing reworded: "
        "“Posts charges within five days.” → “Balances the drawer.”"
    ]


def test_lists_longer_than_any_job_has_are_compared_soon() -> None:
    """Each duty held against each would take minutes."""
    old, new = deepcopy(FULL), deepcopy(FULL)
    old["daily_duties"] = [
        f"Counts the drawer {at} and notes it {'x' * 150}." for at in range(1500)
    ]
    new["daily_duties"] = [f"Counts drawer {at} and notes it {'x' * 150}." for at in range(1500)]
    found = differences(role(old), role(new))
    assert [each.kind for each in found].count("removed") == 1500
    old["daily_duties"], new["daily_duties"] = ["x" * 400_000], ["x" * 300_000 + "y"]
    assert [each.kind for each in differences(role(old), role(new))] == ["reworded"]


def test_a_decision_that_changes_sides_has_moved(full: Role) -> None:
    other = deepcopy(FULL)
    authority = other["reporting"]["authority"]
    authority["needs_approval"].append(authority["decides"].pop(0))
    assert [each.words for each in differences(full, role(other))] == [
        "“Purchases of up to $2,500.” moved: decided alone → needs approval"
    ]


def test_another_order_is_one_change_and_a_set_of_kpis_has_none(full: Role) -> None:
    other = deepcopy(FULL)
    other["responsibilities"].reverse()
    assert [each.words for each in differences(full, role(other))] == [
        "order of responsibility reordered: “billing; desk” → “desk; billing”"
    ]
    other = deepcopy(FULL)
    other["responsibilities"][0]["kpis"].reverse()
    assert differences(full, role(other)) == ()


def test_as_json() -> None:
    found = differences(role_of(SMALL), role_of(SMALL.replace("target: 5%", "target: 4%")))
    assert differences_json(found) == [
        {"kind": "changed", "section": "performance_metrics",
         "path": "performance_metrics.kpis.no_show_rate.target", "what": "target of no_show_rate",
         "before": "5%", "after": "4%", "words": "target of no_show_rate 5% → 4%"}
    ]  # fmt: skip
