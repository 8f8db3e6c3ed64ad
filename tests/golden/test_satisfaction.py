"""Golden values of the satisfaction KPIs: worked by hand, each with a wrong answer to reject.

``G`` and a number is the row of the KPI reference. The others are worked in their docstring.
"""

from kpi.catalogue import kpi
from kpi.score.result import result
from tests.golden.worked import agrees, value
from tests.score.made import JAN, QUARTER, facts

# 1-4: 70 fours, 20 threes, 6 twos, 4 ones; 1-5: 24 fives, 10 fours, 6 twos
SHARES_OF_4 = 70 + 20 * 2 / 3 + 6 / 3
SHARES_OF_5 = 24 + 10 * 3 / 4 + 6 / 4


def test_g14_satisfaction_and_top_box() -> None:
    """Top box of both: 94/140 = 0.671429; the mean of the two shares, 0.65, is wrong."""
    known = facts(
        {
            "answers": [100, 40],
            "answer_share": [SHARES_OF_4, SHARES_OF_5],
            "top_box": [70, 24],
        }
    )
    agrees(value("satisfaction_score", (JAN,), known), 85.333333, 89.0)
    agrees(value("satisfaction_score", (JAN + 1,), known), 82.5)
    agrees(value("satisfaction_score", QUARTER, known), 84.523810)
    agrees(value("top_box_share", QUARTER, known), 94 / 140, 0.65)


def test_g15_net_promoter_score() -> None:
    """Without the 33 in between it would be 58/104, 55.769231, which is wrong."""
    known = facts({"promoters": [81], "detractors": [23], "recommend_answers": [137]})
    agrees(value("net_promoter_score", QUARTER, known), 42.335766, 55.769231)
    found = result(kpi("net_promoter_score"), QUARTER, known)
    assert (found.numerator, found.denominator) == (58, 137)


def test_g17_complaint_rate() -> None:
    known = facts({"complaints": [7], "visits": [2318]})
    agrees(value("complaint_rate", QUARTER, known), 3.019845, 0.003020)
    found = result(kpi("complaint_rate"), QUARTER, known)
    assert (found.numerator, found.denominator) == (7, 2318)


def test_complaints_resolved_in_7_days() -> None:
    """9 of the 11 complaints whose seventh day fell in the quarter: 0.818182. Over the 13 that were
    received in it, 0.692308, is wrong."""
    known = facts(
        {
            "complaints": [5, 4, 4],
            "complaints_due": [5, 4, 2],
            "complaints_resolved_7": [4, 3, 2],
        }
    )
    agrees(value("complaints_resolved_in_7_days", QUARTER, known), 0.818182, 0.692308)


def test_survey_response_rate() -> None:
    """46 of 105, 41 of 98 and 52 of 112 invited answered: 139/315 = 0.441270. The mean of the three
    rates, 0.440249, is wrong."""
    known = facts({"invitations": [105, 98, 112], "responses": [46, 41, 52]})
    agrees(value("survey_response_rate", QUARTER, known), 0.441270, 0.440249)
