"""The role file: the job description in nine sections, and the KPI targets it declares."""

from kpi.role.check import check_role
from kpi.role.coverage import Coverage, CoveredDuty, coverage, coverage_json
from kpi.role.findings import answered_in_words, answered_json, findings_json, in_words
from kpi.role.known import Known, KnownVersion
from kpi.role.model import (
    Accepted,
    Answered,
    Baseline,
    Change,
    DeclaredTarget,
    Finding,
    Role,
    RoleReading,
    Terms,
    Threshold,
)
from kpi.role.read import read_role
from kpi.role.resolving import resolve

__all__ = [
    "Accepted",
    "Answered",
    "Baseline",
    "Change",
    "Coverage",
    "CoveredDuty",
    "DeclaredTarget",
    "Finding",
    "Known",
    "KnownVersion",
    "Role",
    "RoleReading",
    "Terms",
    "Threshold",
    "answered_in_words",
    "answered_json",
    "check_role",
    "coverage",
    "coverage_json",
    "findings_json",
    "in_words",
    "read_role",
    "resolve",
]
