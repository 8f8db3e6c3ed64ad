"""Measures of surveys, complaints and incidents, from records counted by hand."""

import pytest
from sqlalchemy import Engine

from tests.office import Office

SURVEYS = """\
response_id,question,score,scale_min,scale_max,sent_on,answered_on,location
S1,overall,4,1,4,2026-01-02,2026-01-09,East
S1,access,3,1,4,2026-01-02,2026-01-09,East
S2,overall,2,1,5,2026-01-03,2026-02-03,East
S3,overall,9,0,10,2026-01-04,2026-01-10,West
S4,overall,8,0,10,,2026-01-10,West
S5,recommend,9,0,10,2026-01-05,2026-01-11,West
S6,recommend,10,0,10,2026-01-05,2026-01-11,West
S7,recommend,8,0,10,2026-01-05,2026-01-11,West
S8,recommend,6,0,10,2026-01-05,2026-01-11,West
S9,recommend,5,1,5,2026-01-05,2026-01-11,West
S10,,,,,2026-01-06,,West
S11,Recommend,0,0,10,2025-12-30,2026-01-02,
"""


def test_surveys(engine: Engine) -> None:
    """In January: shares 3/3, 2/3, 9/10 and 8/10; best marks S1's first and the 9 of 0–10. On
    recommending: 9, 10 | 8 | 6, 0; the one on 1–5 enters neither. Invited in January: S1 to S3 and
    S5 to S10, nine; all but S10 answered, S2 in February."""
    office = Office(engine)
    office.load(SURVEYS)
    assert office.of("surveys", "2026-01") == {
        "answers": 4,
        "answer_share": pytest.approx(1 + 2 / 3 + 0.9 + 0.8, rel=1e-12),
        "top_box": 2,
        "recommend_answers": 5,
        "promoters": 2,
        "detractors": 2,
        "invitations": 9,
        "responses": 8,
    }
    assert office.of("surveys", "2026-02") == {"answers": 1, "answer_share": 0.25}
    assert office.of("surveys", "2025-12") == {"invitations": 1, "responses": 1}
    assert office.of("surveys", "2026-01", "East") == {
        "answers": 2,
        "answer_share": pytest.approx(5 / 3, rel=1e-12),
        "top_box": 1,
        "invitations": 2,
        "responses": 2,
    }


def test_each_answer_on_its_own_scale(engine: Engine) -> None:
    """G14 in small: 1–4 has 4, 3, 2, 1 and 1–5 has 5, 4, 2: Σ = (1+2/3+1/3+0) + (1+3/4+1/4)."""
    office = Office(engine)
    office.load(
        "response_id,question,score,scale_min,scale_max,answered_on\n"
        + "".join(f"A{score},q,{score},1,4,2026-01-05\n" for score in (4, 3, 2, 1))
        + "".join(f"B{score},q,{score},1,5,2026-01-05\n" for score in (5, 4, 2))
        + "C1,q,0.5,0,1,2026-01-05\n"
    )
    found = office.of("surveys", "2026-01")
    assert found["answers"] == 8
    assert found["top_box"] == 2
    assert found["answer_share"] == pytest.approx(4.5, rel=1e-12)


def test_an_invitation_answered_later_is_one_invitation(engine: Engine) -> None:
    """The answer comes in a file of its own, under the same response."""
    office = Office(engine)
    office.load("response_id,question,sent_on\nS1,,2026-01-05\nS2,,2026-01-06\n", "surveys")
    assert office.of("surveys", "2026-01") == {"invitations": 2}
    office.load(
        "response_id,question,score,scale_min,scale_max,sent_on,answered_on\n"
        "S1,overall,5,1,5,2026-01-05,2026-02-02\n"
    )
    found = office.of("surveys", "2026-01")
    assert found == {"invitations": 2, "responses": 1}


COMPLAINTS = """\
complaint_id,received_on,resolved_on
K1,2026-01-24,2026-01-31
K2,2026-01-24,2026-02-01
K3,2026-01-28,2026-01-29
K4,2026-01-05,
K5,2025-12-28,2026-01-02
K6,2025-12-25,2026-01-01
K7,2025-12-24,2025-12-31
K8,2026-01-10,2026-01-10
"""


def test_complaints_are_due_on_their_seventh_day(engine: Engine) -> None:
    """Received 24 January: due on the 31st; received on the 28th: due in February. December's
    25th and 28th fall due in January, the 24th in December."""
    office = Office(engine)
    office.load(COMPLAINTS)
    assert office.of("complaints", "2025-12") == {
        "complaints": 3,
        "complaints_due": 1,
        "complaints_resolved_7": 1,
    }
    assert office.of("complaints", "2026-01") == {
        "complaints": 5,
        "complaints_due": 6,  # K1, K2, K4, K8; K5 on the 4th and K6 on the 1st
        "complaints_resolved_7": 4,  # not K2, a day late, nor K4
    }
    assert office.of("complaints", "2026-02") == {
        "complaints_due": 1,
        "complaints_resolved_7": 1,
    }


def test_a_complaint_resolved_in_a_later_file_counts_in_its_due_month(engine: Engine) -> None:
    office = Office(engine)
    office.load("complaint_id,received_on,resolved_on\nK1,2026-01-28,\n")
    assert office.value("2026-02", "complaints_resolved_7") == 0
    office.load("complaint_id,resolved_on\nK1,2026-02-04\n", "complaints")
    assert office.value("2026-02", "complaints_resolved_7") == 1
    assert office.value("2026-02", "complaints_due") == 1


INCIDENTS = """\
incident_id,kind,occurred_on,discovered_on,confirmed,reportable,recordable,records_affected,reported_on
I1,hipaa,2026-01-02,2026-01-05,true,true,,3,2026-03-06
I2,hipaa,2026-01-02,2026-01-05,true,true,,4,2026-03-07
I3,hipaa,2026-01-02,2026-01-05,true,true,,,
I4,hipaa,2025-12-20,2026-01-10,false,true,,90,
I5,hipaa,2026-01-10,,,true,,,
I6,hipaa,2026-01-11,2026-01-11,true,false,,1,
I7,osha,2026-01-12,,true,,true,,
I8,osha,2026-01-13,,,,true,,
I9,osha,2026-01-14,,false,,true,,
I10,osha,2026-01-15,,true,,false,,
I11,billing,2026-01-16,,true,true,,,
I12,billing,2026-01-17,,,,,,
I13,ethics,2026-01-18,,true,,,,
I14,ethics,2026-01-31,2026-02-02,,,,,
"""


def test_incidents(engine: Engine) -> None:
    """Confirmed: I1 to I3 and I6 (hipaa), I7 and I10 (osha), I11, I13. Pending: I5, I8, I12 in
    January and I14 in February, when it was found. Exposed in confirmed ones: 3 + 4 + 1.
    Recordable: I7 and I8 (pending), not the dismissed I9. Found on 5 January, the 60 days of I1 to
    I3 end on 6 March: I1 was in time, I2 a day late, I3 never; I11 is no privacy breach."""
    office = Office(engine)
    office.load(INCIDENTS)
    assert office.of("incidents", "2026-01") == {
        "hipaa_violations": 4,
        "osha_violations": 2,
        "billing_violations": 1,
        "ethics_violations": 1,
        "hipaa_pending": 1,
        "osha_pending": 1,
        "billing_pending": 1,
        "records_breached": 8,
        "osha_recordables": 2,
    }
    assert office.of("incidents", "2026-02") == {"ethics_pending": 1}
    assert office.of("incidents", "2026-03") == {
        "violations_ripe": 4,  # those three and I6
        "reportable_confirmed": 3,
        "late_reports": 2,
    }


def test_breaches_without_the_day_of_discovery(engine: Engine) -> None:
    """U1 and U2 cannot run out; U3 can, on 6 March; U4 need not be notified, U5 is dismissed, U6 is
    not about privacy."""
    office = Office(engine)
    office.load(
        "incident_id,kind,occurred_on,discovered_on,confirmed,reportable\n"
        "U1,hipaa,2026-01-05,,true,true\nU2,hipaa,2026-01-06,,true,true\n"
        "U3,hipaa,2026-01-05,2026-01-05,true,true\nU4,hipaa,2026-01-05,,true,false\n"
        "U5,hipaa,2026-01-05,,false,true\nU6,billing,2026-01-05,,true,true\n"
    )
    assert office.value("2026-01", "reportable_undated") == 2
    assert office.of("incidents", "2026-03") == {
        "violations_ripe": 1,
        "reportable_confirmed": 1,
        "late_reports": 1,
    }


def test_a_decision_moves_an_incident_from_pending(engine: Engine) -> None:
    office = Office(engine)
    office.load("incident_id,kind,occurred_on,confirmed\nI1,hipaa,2026-01-05,\n")
    assert office.of("incidents", "2026-01") == {"hipaa_pending": 1}
    office.load("incident_id,confirmed\nI1,true\n", "incidents")
    assert office.of("incidents", "2026-01") == {"hipaa_violations": 1}
