"""What exports call the columns that say who somebody is: never kept, and never shown."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kpi.ingest.fold import fold_header

PATIENT = tuple(
    fold_header(name)
    for name in (
        "patient id", "patientid", "patient acct no", "patient account", "chart #", "chart id",
        "chart number", "person nbr", "mrn", "medical record number", "patient number", "patnum",
        "pid", "patient name", "patient", "name",
    )
)  # fmt: skip
"""What exports call the patient, numbers first: part of a key where a row has no number."""

VISIT = tuple(
    fold_header(name)
    for name in (
        "encounter id", "encounter", "encounter number", "enc nbr", "visit #", "visit number",
        "visit id", "invoice", "appointment id", "apptid",
    )
)  # fmt: skip
"""What exports call the visit: the better part of a key of charges and payments."""

EMPLOYEE = tuple(
    fold_header(name)
    for name in (
        "last name", "lastname", "first name", "firstname", "employee name", "employee",
        "payroll name",
    )
)  # fmt: skip
"""What exports call an employee where there is no number."""

_NAMES = frozenset(
    fold_header(name)
    for name in (
        "patient name", "patient", "patient full name", "pt name", "member name", "insured name",
        "subscriber name", "guarantor", "guarantor name", "responsible party",
    )
)  # fmt: skip

_TELLING = frozenset(
    {
        "patient", "patientid", "name", "lastname", "firstname", "fname", "lname", "dob", "birth",
        "birthdate", "birthday", "ssn", "ss", "social", "phone", "telephone", "mobile", "cell",
        "home", "fax", "email", "mail", "address", "street", "city", "zip", "postal", "mrn",
        "chart", "acct", "person", "member", "subscriber", "policy", "guarantor", "insured",
        "respondent", "recipient", "client", "contact", "employee", "worker", "ip", "license",
        "notes", "note", "comment", "comments", "memo", "description", "reason", "pid", "age",
        "sex", "gender", "race", "latitude", "longitude",
    }
)  # fmt: skip
_WORDS = re.compile(r"[a-z]+")


def names_of_patients(headings: Sequence[str]) -> tuple[int, ...]:
    """The places of columns that hold patients' names, or those of who pays for them."""
    return tuple(place for place, heading in enumerate(headings) if fold_header(heading) in _NAMES)


def tells_who(heading: str) -> bool:
    """Whether a heading promises something that says who somebody is, or what was written about
    somebody: ``Patient DOB``, ``D.O.B.``, ``Home Phone``."""
    plain = heading.casefold().replace(".", "").replace("e-mail", "email")
    return any(word in _TELLING for word in _WORDS.findall(plain))
