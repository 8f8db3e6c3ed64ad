"""CI's judgement of what is known of the dependencies."""

import runpy

import pytest

from tests.conftest import ROOT

judged = runpy.run_path(str(ROOT / ".ci" / "audit.py"))["judged"]

CLEAN = {"name": "click", "version": "8.1.0", "vulns": []}
BAD = {
    "name": "lxml", "version": "5.3.0",
    "vulns": [{"id": "PYSEC-1", "aliases": ["CVE-2026-1"], "fix_versions": ["5.3.1"]}],
}  # fmt: skip
UNKNOWN = {"name": "pandas", "skip_reason": "could not be audited"}


def test_nothing_known_is_good() -> None:
    lines, good = judged({"dependencies": [CLEAN]}, {})
    assert good
    assert lines == ["1 of 1 dependencies were held against advisories"]


def test_a_known_vulnerability_fails_and_says_what_mends_it() -> None:
    lines, good = judged({"dependencies": [CLEAN, BAD]}, {})
    assert not good
    assert lines[0] == "lxml 5.3.0: PYSEC-1, mended in 5.3.1"


@pytest.mark.parametrize("id", ["PYSEC-1", "CVE-2026-1"])
def test_one_that_is_accepted_is_said_with_its_reason(id: str) -> None:
    lines, good = judged({"dependencies": [BAD]}, {id: "nothing untrusted is parsed by it"})
    assert good
    assert lines[0].endswith("accepted: nothing untrusted is parsed by it")


def test_a_reason_that_is_needed_no_longer_fails() -> None:
    lines, good = judged({"dependencies": [CLEAN]}, {"PYSEC-1": "a reason"})
    assert not good
    assert "take it out" in lines[0]


def test_no_advisories_are_said_and_fail_nothing() -> None:
    lines, good = judged({"dependencies": [CLEAN, UNKNOWN]}, {"PYSEC-1": "a reason"})
    assert good
    assert lines[0].startswith("NOT AUDITED: the index gave no advisories for 1 of 2")
