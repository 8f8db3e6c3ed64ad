"""The role file: the job description in nine sections, and the KPI targets it declares."""

from kpi.role.findings import findings_json, in_words
from kpi.role.model import (
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
    "Baseline",
    "Change",
    "DeclaredTarget",
    "Finding",
    "Role",
    "RoleReading",
    "Terms",
    "Threshold",
    "findings_json",
    "in_words",
    "read_role",
    "resolve",
]
