"""The smallest role file that breaks no rule, and the means to break it at one place."""

from datetime import date

from kpi.role import Finding, Known, check_role
from kpi.role.rules import ANSWERS, RULES

TODAY = date(2026, 1, 15)
HERE = "◆"
"""Stands in a broken text where the finding has to point."""

COMPLETE = """\
role: medical-office-manager
title: Medical Office Manager
version: "2026.1"
effective: 2026-01
reviewed: 2025-12-10
summary: Runs the office so that physicians can see patients.
responsibilities:
  - id: billing
    text: Posts charges within five working days of the visit.
    kpis: [days_in_ar, overhead_ratio]
  - id: access
    text: Confirms each appointment two working days before.
    kpis: [no_show_rate, scheduling_accuracy]
  - id: patients
    text: Answers every complaint in writing within seven days.
    kpis: [satisfaction_score, complaints_resolved_in_7_days]
qualifications:
  education: ["Associate degree, or four years of equivalent work."]
  certifications: ["Preferred: Certified Medical Manager."]
  experience: Five years in a medical office.
skills:
  - id: financial
    text: Reads an aging report and says what to do about it.
    examples: [Finds the payer behind a rise in old balances.]
daily_duties:
  - Opens the office at 7:30.
  - text: Goes through the open slots of tomorrow.
    kpis: [scheduling_accuracy]
reporting:
  reports_to: Managing physician
  supervises: [Front-desk staff]
  channels: ["Managing physician: weekly, 30 minutes."]
  authority:
    decides:
      - Purchases of up to $2,500 that are in the budget.
      - Work schedules and overtime of the staff supervised.
    needs_approval:
      - Purchases above $2,500, or outside the budget.
      - Hiring, dismissal and changes of pay.
performance_metrics:
  review_period: quarter
  ratings: {exceeds: 103, meets: 90}
  kpis:
    - kpi: days_in_ar
      weight: 20
      floor: 50 days
      target: 38 days
      stretch: 32 days
    - kpi: overhead_ratio
      weight: 10
      floor: 68%
      target: 58%
      stretch: 53%
    - kpi: no_show_rate
      weight: 15
      floor: 10%
      target: 5%
      stretch: 3%
    - kpi: scheduling_accuracy
      weight: 15
      floor: 90%
      target: 96%
    - kpi: satisfaction_score
      weight: 20
      floor: 65
      target: 84
    - kpi: complaints_resolved_in_7_days
      weight: 10
      floor: 60%
      target: 90%
    - kpi: hipaa_violations
      weight: 10
      target: 0
      gate: 60
compensation:
  flsa: exempt
  range: ["$62,000", "$84,000"]
  per: year
  overtime: The job is exempt from overtime.
  bonus:
    target: 8%
    schedule:
      - {score: 90, share: 50%}
      - {score: 100, share: 100%}
    requires: [hipaa_violations]
benefits:
  health: Medical plan; the practice pays 80 percent.
compliance:
  - standard: hipaa
    duty: Trains all staff on privacy each January.
    kpis: [hipaa_violations]
  - standard: osha
    duty: Keeps the exposure plan current and records each needlestick on the day.
  - standard: billing
    duty: Has ten charts a clinician coded again each year.
  - standard: ethics
    duty: Has the code of conduct signed by everyone each year.
  - standard: other
    duty: Posts patients' rights at the front desk.
statements:
  equal_opportunity: The practice hires by what the work needs.
  accommodation: The practice makes reasonable accommodation.
  not_a_contract: This is not a contract of employment.
"""


def with_accepted(rule: str) -> str:
    """The end of a file that answers a rule."""
    return f"accepted:\n  - rule: {rule}\n    reason: It was talked over and stands.\n"


def patched(*changes: tuple[str, str]) -> str:
    """The complete role with parts replaced; each old part stands in it once."""
    text = COMPLETE
    for old, new in changes:
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times"
        text = text.replace(old, new)
    return text


def marked(text: str) -> tuple[str, int, int]:
    """A text without its mark, and the mark's line and column."""
    assert text.count(HERE) == 1
    before = text[: text.index(HERE)]
    return text.replace(HERE, ""), before.count("\n") + 1, len(before) - before.rfind("\n")


def marked_at(text: str, at: str) -> str:
    """The text with the mark where the words of a line begin that begins with ``at``."""
    lines = ("\n" + text).count("\n" + at)
    assert lines == 1, f"{lines} lines begin with {at!r}"
    words = at.lstrip(" -")
    indent = at.removesuffix(words)
    return ("\n" + text).replace("\n" + at, f"\n{indent}{HERE}{words}")[1:]


def findings(text: str, known: Known | None = None) -> tuple[Finding, ...]:
    return check_role(text, "role.yaml", today=TODAY, known=known).findings


def all_rules() -> list[str]:
    return [each.id for each in (*RULES, *ANSWERS)]
