"""Three job descriptions as careful HR people wrote them: nothing in them may be called wrong.

They were written before there were rules.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from kpi.role import check_role, read_role

GOOD = sorted((Path(__file__).parent / "good").glob("*.yaml"))


def test_three_of_them_are_there() -> None:
    assert len(GOOD) == 3


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_a_good_description_has_no_errors(file: Path) -> None:
    reading = read_role(file.read_bytes(), file.name)

    assert reading.errors == ()
    assert reading.role is not None


ANSWERED = {"small_family_practice": ["duty-without-kpi"]}


@pytest.mark.parametrize("file", GOOD, ids=lambda file: file.stem)
def test_a_good_description_has_no_finding_in_the_month_it_begins(file: Path) -> None:
    role = read_role(file.read_bytes(), file.name).role
    assert role is not None
    reading = check_role(file.read_bytes(), file.name, today=role.effective.first_day)

    assert reading.findings == ()
    assert [each.finding.rule for each in reading.answered] == ANSWERED.get(file.stem, [])
