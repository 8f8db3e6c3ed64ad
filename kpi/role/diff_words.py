"""What the parts of a role file are called where two roles are compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from kpi.role.meaning import Path, Value

_CALLED: Final[Mapping[str, str]] = {
    "effective": "first month that it scores",
    "reviewed": "day of the review",
    "responsibilities": "responsibility",
    "responsibilities.*": "responsibility {0}",
    "responsibilities.*.text": "responsibility {0}",
    "responsibilities.*.essential": "responsibility {0} as an essential function",
    "responsibilities.*.kpis": "KPIs of responsibility {0}",
    "responsibilities.*.kpis.*": "KPI of responsibility {0}",
    "qualifications.education": "education",
    "qualifications.education.*": "education",
    "qualifications.certifications": "certifications",
    "qualifications.certifications.*": "certification",
    "qualifications.experience": "experience",
    "skills": "skills",
    "skills.*": "skill {0}",
    "skills.*.text": "skill {0}",
    "skills.*.examples": "examples of skill {0}",
    "skills.*.examples.*": "example of skill {0}",
    "skills.*.kpis": "KPIs of skill {0}",
    "skills.*.kpis.*": "KPI of skill {0}",
    "daily_duties": "daily duties",
    "daily_duties.*": "daily duty",
    "daily_duties.*.text": "daily duty",
    "daily_duties.*.essential": "daily duty “{0}” as an essential function",
    "daily_duties.*.kpis": "KPIs of daily duty “{0}”",
    "daily_duties.*.kpis.*": "KPI of daily duty “{0}”",
    "reporting.reports_to": "reports to",
    "reporting.supervises": "roles supervised",
    "reporting.supervises.*": "role supervised",
    "reporting.channels": "channels",
    "reporting.channels.*": "channel",
    "reporting.authority.decides": "decisions taken alone",
    "reporting.authority.decides.*": "decision taken alone",
    "reporting.authority.needs_approval": "decisions that need approval",
    "reporting.authority.needs_approval.*": "decision that needs approval",
    "performance_metrics.review_period": "review period",
    "performance_metrics.minimum_coverage": "minimum coverage",
    "performance_metrics.ratings.*": "lowest score of the rating {0}",
    "performance_metrics.kpis": "KPIs",
    "performance_metrics.kpis.*": "KPI {0}",
    "performance_metrics.kpis.*.*": "{1} of {0}",
    "performance_metrics.custom_kpis": "own KPIs",
    "performance_metrics.custom_kpis.*": "own KPI {0}",
    "performance_metrics.custom_kpis.*.better": "better direction of {0}",
    "performance_metrics.custom_kpis.*.*": "{1} of {0}",
    "compensation.flsa": "FLSA status",
    "compensation.range": "pay range",
    "compensation.per": "pay is per",
    "compensation.overtime": "overtime",
    "compensation.bonus.target": "bonus",
    "compensation.bonus.schedule": "bonus schedule",
    "compensation.bonus.schedule.*": "step of the bonus at a score of {0}",
    "compensation.bonus.schedule.*.share": "share of the bonus from a score of {0} on",
    "compensation.bonus.requires": "KPIs that the bonus requires",
    "compensation.bonus.requires.*": "KPI that the bonus requires",
    "benefits.pto": "paid time off",
    "benefits.health": "health insurance",
    "benefits.retirement": "retirement plan",
    "benefits.professional_development": "professional development",
    "compliance": "compliance duties",
    "compliance.*": "compliance duty",
    "compliance.*.standard": "standard of compliance duty “{0}”",
    "compliance.*.duty": "compliance duty",
    "compliance.*.kpis": "KPIs of compliance duty “{0}”",
    "compliance.*.kpis.*": "KPI of compliance duty “{0}”",
    "conditions.*": "{0} conditions of work",
    "conditions.schedule": "days and hours",
    "conditions.place": "place of work",
    "statements.equal_opportunity": "statement on equal opportunity",
    "statements.accommodation": "statement on accommodation",
    "statements.not_a_contract": "statement that it is no contract",
    "accepted": "answered warnings",
    "accepted.*": "answered warning {0}",
    "accepted.*.reason": "reason for accepting {0}",
}
"""By path, ``*`` for what differs from role to role; ``{0}`` is the first such part."""

_PROSE: Final = frozenset({
    "summary", "responsibilities.*.text", "qualifications.education",
    "qualifications.education.*", "qualifications.certifications",
    "qualifications.certifications.*", "qualifications.experience", "skills.*.text",
    "skills.*.examples", "skills.*.examples.*", "daily_duties", "daily_duties.*",
    "daily_duties.*.text", "reporting.channels", "reporting.channels.*",
    "reporting.authority.decides", "reporting.authority.decides.*",
    "reporting.authority.needs_approval", "reporting.authority.needs_approval.*",
    "performance_metrics.custom_kpis.*.definition", "compensation.overtime", "benefits.*",
    "compliance", "compliance.*", "compliance.*.duty", "conditions.*", "statements.*",
})  # fmt: skip
"""Where sentences stand: another one there is the old one reworded."""


def called(path: Path) -> str:
    """What stands at a path, in words; of a key that has no words here its own name."""
    pattern, parts = _known(path, _CALLED)
    if pattern is None:
        return " ".join(path).replace("_", " ")
    return _CALLED[pattern].format(*parts)


def is_prose(path: Path) -> bool:
    """Whether sentences stand there."""
    return _known(path, _PROSE)[0] is not None


def in_brief(told: Any) -> str:
    """A value, or an entry with all that it says, on one line."""
    if isinstance(told, Value):
        return told.shown
    if isinstance(told, list):
        return ", ".join(map(in_brief, told)) or "none"
    says = next((told[key] for key in ("text", "duty") if key in told), None)
    rest = {key: each for key, each in told.items() if key not in _IDS and each is not says}
    more = ", ".join(f"{key.replace('_', ' ')} {in_brief(each)}" for key, each in rest.items())
    if says is None:
        return more
    return f"{says.shown} ({more})" if more else str(says.shown)


_IDS: Final = ("id", "kpi")


def _known(path: Path, table: Any) -> tuple[str | None, list[str]]:
    """The table's entry for a path, and the parts of the path that it leaves open."""
    found: list[tuple[str, list[str]]] = [("", [])]
    for part in path:
        found = [
            (f"{start}.{step}".lstrip("."), [*parts, *([part] if step == "*" else [])])
            for start, parts in found
            for step in (part, "*")
        ]
    # Named parts come before open ones, so the first is the closest.
    return next(((pattern, parts) for pattern, parts in found if pattern in table), (None, []))
