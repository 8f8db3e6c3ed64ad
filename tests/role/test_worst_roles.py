"""Ten job descriptions as nobody should write them: each gets the findings that it deserves, at
their lines, and no other.

What is expected stands in the files, behind ``#!`` at the end of the line to which a finding has
to point; of a key that is missing, the line of the entry or section that lacks it. It was worked
out from the page on the rules, before the check was run on the files.
"""

import re
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from kpi.role import check_role
from kpi.role.rules import ANSWERS, RULES

WORST = sorted((Path(__file__).parent / "worst").glob("*.yaml"))
TODAY = date(2026, 1, 15)
NEEDS_THE_PRACTICE = {each.id for each in RULES if each.needs == "known"}


def expected(text: str) -> Counter[tuple[int, str]]:
    return Counter(
        (number, rule)
        for number, line in enumerate(text.splitlines(), start=1)
        if (marked := re.search(r"#! (.*)$", line))
        for rule in marked[1].split()
    )


def test_there_are_ten() -> None:
    assert len(WORST) == 10


@pytest.mark.parametrize("file", WORST, ids=lambda file: file.stem)
def test_the_worst_job_descriptions_get_what_they_deserve(file: Path) -> None:
    text = file.read_text("utf-8")
    found = check_role(text, file.name, today=TODAY).findings
    assert Counter((each.line, each.rule) for each in found) == expected(text)


def test_together_they_break_nearly_every_rule() -> None:
    broken = {rule for file in WORST for _, rule in expected(file.read_text("utf-8"))}
    rest = {each.id for each in (*RULES, *ANSWERS)} - NEEDS_THE_PRACTICE - broken
    assert rest == {"accepted-error"}
