"""The shape of a role file as a JSON schema, by which editors complete and check what is typed."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from kpi.catalogue import Kpi, kpis
from kpi.catalogue.model import Better, Unit
from kpi.role.schema import RoleFile
from kpi.role.values import takes_numbers, unit_words, value_pattern

Schema = dict[str, Any]

_THRESHOLDS: Final = ("floor", "target", "stretch")
_OWN_ID: Final = {"type": "string", "pattern": "^[a-z][a-z0-9_]{0,63}$"}
_LISTS_OF_KPIS: Final = ("Responsibility", "Duty", "ComplianceDuty")


def schema_text() -> str:
    """The schema as it is printed and kept in ``docs/role.schema.json``."""
    return f"{json.dumps(json_schema(), indent=1, ensure_ascii=False)}\n"


def json_schema() -> Schema:
    """The schema (JSON Schema 2020-12), made of the model and of the catalogue's KPIs.

    It knows keys, kinds of values, KPI ids and the unit of each KPI. What needs arithmetic, weights
    that add up to 100 say, is for ``kpi role check``.
    """
    made = _without_null(RoleFile.model_json_schema())
    found = kpis()
    parts = made["$defs"]
    parts["CatalogueKpi"] = _ids(found)
    parts["KpiId"] = {"anyOf": [_ref("CatalogueKpi"), _OWN_ID]}
    for part in _LISTS_OF_KPIS:
        parts[part]["properties"]["kpis"]["items"] = _ref("KpiId")
    parts["Bonus"]["properties"]["requires"]["items"] = _ref("KpiId")
    target = parts["Target"]
    target["properties"]["kpi"] |= _ref("KpiId")
    target["allOf"] = list(_units(found.values()))
    for unit in sorted({each.unit for each in found.values()}):
        parts[_name(unit, change=False)] = _value(unit, change=False)
        parts[_name(unit, change=True)] = _value(unit, change=True)
    # Where a role defines no KPI of its own, there is none but the catalogue's.
    metrics = parts["PerformanceMetrics"]
    metrics["if"] = {"not": {"required": ["custom_kpis"]}}
    metrics["then"] = {
        "properties": {"kpis": {"items": {"properties": {"kpi": _ref("CatalogueKpi")}}}}
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **made,
        "title": "Rolecard role file",
        "description": "A manager's job description and the targets that it is scored by.",
    }


def _ids(found: Mapping[str, Kpi]) -> Schema:
    """The catalogue's ids, each with what an editor shows beside it."""
    return {
        "enum": list(found),
        "enumDescriptions": [f"{each.name}, {_direction(each)}" for each in found.values()],
    }


def _direction(kpi: Kpi) -> str:
    better = "best within a band" if kpi.better is Better.BAND else f"{kpi.better.value} is better"
    return f"{unit_words(kpi.unit)}; {better}. {kpi.definition}"


def _units(found: Iterable[Kpi]) -> Iterable[Schema]:
    """For each unit and direction, what floor, target and stretch of its KPIs may be."""
    groups: dict[tuple[Unit, bool], list[str]] = {}
    for each in found:
        groups.setdefault((each.unit, each.better is Better.BAND), []).append(each.id)
    for (unit, band), ids in groups.items():
        asked = {"properties": {"kpi": {"enum": ids}}, "required": ["kpi"]}
        yield {"if": asked, "then": _band(unit) if band else _values(unit)}


def _values(unit: Unit) -> Schema:
    return {
        "if": {"required": ["baseline"]},
        "then": _each(_THRESHOLDS, _ref(_name(unit, change=True))),
        "else": _each(_THRESHOLDS, _ref(_name(unit, change=False))),
    }


def _band(unit: Unit) -> Schema:
    ends = {
        "type": "array", "items": _ref(_name(unit, change=False)), "minItems": 2, "maxItems": 2,
    }  # fmt: skip
    made = _each(("floor", "target"), ends)
    made["properties"] |= {"stretch": False, "baseline": False}
    return made


def _each(keys: Iterable[str], value: Schema) -> Schema:
    return {"properties": dict.fromkeys(keys, value)}


def _name(unit: Unit, *, change: bool) -> str:
    return f"change_of_{unit.value}" if change else unit.value


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


def _value(unit: Unit, *, change: bool) -> Schema:
    number: Schema = {"type": "number"}
    if change or not takes_numbers(unit):
        number["const"] = 0
    words = "how much it should change, for example -15%" if change else unit_words(unit)
    text = {"type": "string", "pattern": value_pattern(unit, change=change)}
    return {"description": words, "anyOf": [text, number]}


def _without_null(part: Any) -> Any:
    """A schema without nulls and defaults: a role file leaves out what it does not say.

    The names that the model makes up for keys go as well; what a key is for says its description.
    """
    if isinstance(part, list):
        return [_without_null(each) for each in part]
    if not isinstance(part, dict):
        return part
    kept = {
        key: value
        for key, value in part.items()
        # A key of the file itself is called 'title' as well; what it holds is no text.
        if key != "default" and not (key == "title" and isinstance(value, str))
    }
    choices = kept.get("anyOf")
    if isinstance(choices, list):
        rest = [each for each in choices if each != {"type": "null"}]
        if len(rest) == 1:
            del kept["anyOf"]
            kept = {**rest[0], **kept}
        else:
            kept["anyOf"] = rest
    return {key: _without_null(value) for key, value in kept.items()}
