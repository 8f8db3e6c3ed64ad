"""The smallest role file there can be, and the means to break it at one place."""

from collections.abc import Mapping
from dataclasses import replace

from kpi.catalogue import Better, Kpi, Unit, kpis
from kpi.role import Finding, Role, RoleReading, read_role

SMALL = """\
role: medical-office-manager
title: Medical Office Manager
version: "2026.1"
effective: 2026-01
reviewed: 2025-12-10
summary: Runs the office.
responsibilities:
  - id: billing
    text: Posts charges within five days.
    kpis: [days_in_ar]
qualifications:
  experience: Five years in a medical office.
skills:
  - id: financial
    text: Reads an aging report.
daily_duties:
  - Opens the office at 7:30.
reporting:
  reports_to: Managing physician
performance_metrics:
  review_period: quarter
  kpis:
    - kpi: days_in_ar
      weight: 60
      floor: 50 days
      target: 38 days
      stretch: 32 days
    - kpi: no_show_rate
      weight: 40
      floor: 10%
      target: 5%
compensation:
  flsa: exempt
benefits:
  pto: 20 days a year
compliance:
  - standard: hipaa
    duty: Trains all staff each year.
"""

HERE = "◆"
"""Stands in a broken text where the finding has to point."""


def band_kpis() -> Mapping[str, Kpi]:
    """The catalogue, and three KPIs in units and directions that it may not have yet."""
    model = kpis()["no_show_rate"]
    made = (
        replace(model, id="made_up_band", unit=Unit.PERCENT, better=Better.BAND),
        replace(model, id="made_up_seconds", unit=Unit.SECONDS, better=Better.LOWER),
        replace(model, id="made_up_dollars", unit=Unit.DOLLARS, better=Better.HIGHER),
    )
    return {**kpis(), **{each.id: each for each in made}}


def broken(old: str, new: str) -> tuple[str, int, int]:
    """SMALL with one part replaced, and the line and column of the mark in the new part."""
    assert SMALL.count(old) == 1, f"{old!r} stands {SMALL.count(old)} times in the small role"
    marked = SMALL.replace(old, new)
    before = marked[: marked.index(HERE)]
    line_start = before.rfind("\n") + 1
    return marked.replace(HERE, ""), before.count("\n") + 1, len(before) - line_start + 1


def read(text: str | bytes) -> RoleReading:
    return read_role(text, "small.yaml", band_kpis())


def role_of(text: str) -> Role:
    """The role of a text that has no error."""
    reading = read(text)
    assert reading.errors == ()
    assert reading.role is not None
    return reading.role


def only(reading: RoleReading) -> Finding:
    """The one finding of a reading without a role."""
    assert reading.role is None
    assert len(reading.findings) == 1, reading.findings
    return reading.findings[0]
