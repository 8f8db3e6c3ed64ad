"""The JSON schema of role files says what the reader says, as far as a schema can."""

from __future__ import annotations

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kpi.catalogue import Unit, kpis
from kpi.role import Change, read_role
from kpi.role.json_schema import json_schema, schema_text
from kpi.role.schema import fields_of
from kpi.role.values import parse_change, parse_value, takes_numbers, value_pattern

ROOT = Path(__file__).resolve().parents[2]
ROLES = sorted(
    [*(ROOT / "sample_data" / "roles").glob("*.yaml"), *(ROOT / "tests/role/good").glob("*.yaml")]
)
SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)


def document(file: Path) -> dict[str, Any]:
    role = read_role(file.read_bytes(), file.name).role
    assert role is not None
    return copy.deepcopy(dict(role.document))


def places(found: dict[str, Any]) -> list[str]:
    return [".".join(map(str, fault.absolute_path)) for fault in VALIDATOR.iter_errors(found)]


def test_the_schema_is_one_and_the_committed_file_is_it() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    kept = (ROOT / "docs" / "role.schema.json").read_text("utf-8")

    assert kept == schema_text(), "kpi role schema > docs/role.schema.json"


@pytest.mark.parametrize("file", ROLES, ids=lambda file: file.stem)
def test_it_takes_what_is_right(file: Path) -> None:
    assert places(document(file)) == []


def metrics(found: dict[str, Any]) -> dict[str, Any]:
    part: dict[str, Any] = found["performance_metrics"]
    return part


def kpi(found: dict[str, Any], id: str) -> dict[str, Any]:
    (entry,) = [each for each in metrics(found)["kpis"] if each["kpi"] == id]
    return entry


MISTAKES: dict[str, tuple[Callable[[dict[str, Any]], Any], str]] = {
    "a section missing": (lambda d: d.pop("benefits"), ""),
    "a key misspelt": (lambda d: d.update(responsabilities=[]), ""),
    "a version without quotes": (lambda d: d.update(version=2026.1), "version"),
    "a month that is none": (lambda d: d.update(effective="2026-13"), "effective"),
    "a day written the American way": (lambda d: d.update(reviewed="12/10/2025"), "reviewed"),
    "an unknown KPI": (
        lambda d: kpi(d, "no_show_rate").update(kpi="no_shows"),
        "performance_metrics.kpis.6.kpi",
    ),
    "a percent without its sign": (
        lambda d: kpi(d, "no_show_rate").update(target=5),
        "performance_metrics.kpis.6.target",
    ),
    "minutes for days": (
        lambda d: kpi(d, "days_in_ar").update(floor="50 min"),
        "performance_metrics.kpis.2.floor",
    ),
    "a value where a change is asked for": (
        lambda d: kpi(d, "median_wait_minutes").update(target="18 min"),
        "performance_metrics.kpis.5.target",
    ),
    "a band where one value is asked for": (
        lambda d: kpi(d, "no_show_rate").update(target=["3%", "5%"]),
        "performance_metrics.kpis.6.target",
    ),
    "no target": (lambda d: kpi(d, "no_show_rate").pop("target"), "performance_metrics.kpis.6"),
    "a weight of nothing": (
        lambda d: kpi(d, "no_show_rate").update(weight=0),
        "performance_metrics.kpis.6.weight",
    ),
    "another period": (
        lambda d: metrics(d).update(review_period="weekly"),
        "performance_metrics.review_period",
    ),
    "pay without dollars": (
        lambda d: d["compensation"].update(range=["62,000", "$84,000"]),
        "compensation.range.0",
    ),
    "another status": (lambda d: d["compensation"].update(flsa="salaried"), "compensation.flsa"),
    "another standard": (
        lambda d: d["compliance"][0].update(standard="HIPAA"),
        "compliance.0.standard",
    ),
    "nothing where something is due": (lambda d: d.update(summary=None), "summary"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_it_refuses_a_mistake_at_its_place(mistake: str) -> None:
    found = document(ROOT / "sample_data" / "roles" / "medical-office-manager-2026.1.yaml")
    change, place = MISTAKES[mistake]
    change(found)

    assert places(found) == [place]


def test_a_band_has_two_ends_and_no_stretch() -> None:
    found = document(ROOT / "tests/role/good/multispecialty_group.yaml")
    band = kpi(found, "slot_utilization")
    band.update(target="90%")
    assert places(found) == ["performance_metrics.kpis.4.target"]

    band.update(target=["86%", "95%"], stretch="99%")
    assert places(found) == ["performance_metrics.kpis.4"]


def test_a_kpi_of_the_roles_own_is_taken_where_it_is_defined() -> None:
    found = document(ROOT / "sample_data" / "roles" / "medical-office-manager-2026.1.yaml")
    kpi(found, "no_show_rate")["kpi"] = "flu_shot_rate"
    metrics(found)["custom_kpis"] = [
        {"id": "flu_shot_rate", "name": "Flu shot rate", "unit": "percent", "better": "higher",
         "formula": "visits / visits"},
    ]  # fmt: skip

    assert places(found) == []


def test_each_kpi_is_offered_with_its_unit_and_meaning() -> None:
    offered = SCHEMA["$defs"]["CatalogueKpi"]

    assert offered["enum"] == list(kpis())
    shown = dict(zip(offered["enum"], offered["enumDescriptions"], strict=True))
    assert shown["days_in_ar"].startswith("Days in A/R, in days, for example 35 days; lower is")


def test_each_key_says_what_it_is_for() -> None:
    """Every key of the model, and of its parts, has its description in the schema."""
    assert set(SCHEMA["properties"]) == set(fields_of(()))
    for key, words in fields_of(()).items():
        assert SCHEMA["properties"][key]["description"] == words
    for name, part in SCHEMA["$defs"].items():
        for key, held in part.get("properties", {}).items():
            assert held.get("description") or name == "CustomKpi", (name, key)


TEXTS = (
    "5%", "5 %", "5 percent", "5 Percent", "5", "0", "-0", "0.0", "+3%", "−2%", "-2 pp", "- 2 pp",
    "20 min", "20min", "20 Minutes", "30 s", "30 secs", "35 days", "1 day", "$40,000", "$ 40",
    "40,000", "4,0", "$4,00", "12 a year", "12 times a  year", "3 per 1,000 visits", "85 points",
    ".5%", "5.%", "1e3", "five", "", "%", "5 % %", "2.5 per 200,000 hours", "120 a month",
    "1 percentage point", "7 PP", "12,34,567", "1234567890123456", "5%\n",
)  # fmt: skip


@pytest.mark.parametrize("unit", Unit)
def test_its_patterns_take_what_the_reader_takes(unit: Unit) -> None:
    for change, parse in ((False, parse_value), (True, parse_change)):
        value = jsonschema.Draft202012Validator(
            {"type": "string", "pattern": value_pattern(unit, change=change)}
        )
        for text in TEXTS:
            taken = isinstance(parse(text, unit, "it"), (float, Change))
            assert value.is_valid(text) is taken, (unit, change, text)
    assert takes_numbers(unit) is isinstance(parse_value(5, unit, "it"), float)
