"""Golden values of the compliance KPIs: worked by hand, each with a wrong answer to reject.

``G`` and a number is the row of the KPI reference. The others are worked in their docstring.
"""

from dataclasses import replace

import pytest

from kpi.catalogue import kpi, kpis
from kpi.score.model import Status
from kpi.score.result import result
from tests.golden.worked import agrees, divided, value
from tests.score.made import JAN, QUARTER, facts


def test_violations() -> None:
    """One privacy and two billing violations confirmed: 3, of which HIPAA 1. Counting the two
    privacy incidents that nobody decided yet, 5 and 3, is wrong."""
    known = facts(
        {
            "hipaa_violations": [1, 0, 0],
            "billing_violations": [0, 0, 2],
            "hipaa_pending": [0, 2, 0],
        }
    )
    assert value("compliance_violations", QUARTER, known) == 3
    assert value("hipaa_violations", QUARTER, known) == 1
    found = result(kpi("hipaa_violations"), QUARTER, known)
    assert (found.numerator, found.denominator, found.n) == (1, None, None)


@pytest.mark.parametrize("kind", ["osha", "billing", "ethics"])
def test_violations_of_a_kind(kind: str) -> None:
    """Two of the kind confirmed, in January and March; one not decided, two privacy violations.
    3 and 4 are wrong."""
    known = facts(
        {f"{kind}_violations": [1, 0, 1], f"{kind}_pending": [0, 1, 0], "hipaa_violations": [2]}
    )
    assert value(f"{kind}_violations", QUARTER, known) == 2
    assert result(kpi(f"{kind}_violations"), QUARTER, known).pending


def test_the_kinds_are_three_more_than_privacy() -> None:
    assert {"osha_violations", "billing_violations", "ethics_violations"} <= set(kpis())


def test_records_breached() -> None:
    """214 people in one violation and 3 in another: 217. The two violations are not the answer."""
    known = facts({"records_breached": [214, 0, 3], "hipaa_violations": [1, 0, 1]})
    known = replace(known, first_filled={"incidents.records_affected": JAN})
    agrees(value("records_breached", QUARTER, known), 217, 2)


def test_osha_recordables() -> None:
    """Two cases to be recorded; the three violations confirmed are something else."""
    known = facts({"osha_recordables": [1, 0, 1], "osha_violations": [2, 1, 0]})
    known = replace(known, first_filled={"incidents.recordable": JAN})
    agrees(value("osha_recordables", QUARTER, known), 2, 3)


def test_g13_osha_trir() -> None:
    """For a million hours it would be 48.367594, which is wrong."""
    known = facts({"osha_recordables": [1, 0, 1], "staff_hours": [13800, 13700, 13850]})
    known = replace(known, first_filled={"incidents.recordable": JAN})
    found = result(kpi("osha_trir"), QUARTER, known)
    assert found.value is not None
    agrees(found.value, 9.673519, 48.367594)
    assert found.status is Status.TOO_FEW
    assert (found.numerator, found.denominator, found.n) == (2, 41350, 41350)


def test_late_incident_reports() -> None:
    """Two of the five breaches whose 60 days ran out were not notified in time: 2, not 5."""
    known = facts(
        {"late_reports": [0, 1, 1], "reportable_confirmed": [1, 3, 1], "violations_ripe": [2, 3, 1]}
    )
    known = replace(known, first_filled={"incidents.reportable": JAN})
    agrees(value("late_incident_reports", QUARTER, known), 2, 5)


def test_audit_pass_rate() -> None:
    """7 of the 9 audits with a result: 0.777778. Over all 10 that were done, 0.7, is wrong."""
    known = facts(
        {"audits_performed": [4, 3, 3], "audits_done": [4, 2, 3], "audits_passed": [3, 1, 3]}
    )
    agrees(value("audit_pass_rate", QUARTER, known), 0.777778, 0.7)
    assert divided("audit_pass_rate", QUARTER, known) == (7, 9)


def test_audits_on_time() -> None:
    """5 of the 8 that were due: 0.625. Of the 7 that were done, 0.714286, is wrong."""
    known = facts(
        {"audits_due": [3, 3, 2], "audits_on_time": [2, 2, 1], "audits_performed": [2, 3, 2]}
    )
    agrees(value("audits_on_time", QUARTER, known), 0.625, 0.714286)


def test_corrective_actions_on_time() -> None:
    """1 of 1 and 2 of 3: 3/4. The mean of the two months, 0.833333, is wrong."""
    known = facts({"corrective_due": [1, 3], "corrective_on_time": [1, 2]})
    agrees(value("corrective_actions_on_time", QUARTER, known), 0.75, 0.833333)


def test_training_on_time() -> None:
    """20 of 20, 15 of 18 and 6 of 8: 41/46 = 0.891304. The mean of the months,
    0.861111, is wrong."""
    known = facts({"courses_due": [20, 18, 8], "courses_on_time": [20, 15, 6]})
    agrees(value("training_on_time", QUARTER, known), 0.891304, 0.861111)


def test_coding_accuracy() -> None:
    """57 of 60, 27 of 30 and 118 of 120 codes: 202/210 = 0.961905. The mean of the three audits,
    0.944444, is wrong."""
    known = facts(
        {
            "coding_audits": [1, 1, 1],
            "coding_audits_counted": [1, 1, 1],
            "codes_reviewed": [60, 30, 120],
            "codes_correct": [57, 27, 118],
        }
    )
    agrees(value("coding_accuracy", QUARTER, known), 0.961905, 0.944444)
