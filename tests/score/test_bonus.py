"""The bonus, worked by hand: 8% of base pay, half of it from 90, all from 100, 120% from 110."""

from dataclasses import replace

import pytest

from kpi.errors import InputError
from kpi.role.compensation import BonusTerms
from kpi.role.model import Terms
from kpi.score.bonus import Bonus, bonus
from kpi.score.exclusion import Exclusion
from kpi.score.facts import Facts, MonthState, State
from kpi.score.model import Score
from kpi.score.scoring import score
from tests.score.made import FEB, QUARTER, facts, version, with_state, without

STEPS = ((90.0, 0.5), (100.0, 1.0), (110.0, 1.2))
TERMS = BonusTerms(0.08, STEPS, ("hipaa_violations",), (62_000.0, 84_000.0))
# Of 100 answers worth 80 points the target is met: floor 60, stretch 100.
SATISFACTION = Terms("satisfaction_score", 100, 80.0, 60.0, 100.0)
HIPAA = Terms("hipaa_violations", 0.0, 0.0)


def scored(share: float, known: Facts | None = None, *, violations: float = 0.0) -> Score:
    """A score of attainment alone: 78 points of 60 to 80 are 90, 90 of 80 to 100 are 110."""
    given = known or facts(
        {"answers": [100.0], "answer_share": [share], "hipaa_violations": [violations]}
    )
    return score([version(SATISFACTION, HIPAA)], QUARTER[0], QUARTER[-1], given)


def paid(share: float, **options: object) -> Bonus:
    return bonus(TERMS, scored(share), **options)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("share", "points", "part"),
    [(77.99, 89.95, 0.0), (78.0, 90, 0.5), (79.8, 99, 0.5), (80.0, 100, 1.0), (89.9, 109.9, 1.0),
     (90.0, 110, 1.2), (100.0, 120, 1.2), (0.0, 0, 0.0)],
)  # fmt: skip
def test_steps_are_thresholds(share: float, points: float, part: float) -> None:
    """Nothing lies between two steps, and nothing below the first: 89.95 earns nothing."""
    found = paid(share)
    assert scored(share).score == pytest.approx(points)
    assert found.share == part
    assert found.of_pay == pytest.approx(part * 0.08)


def test_dollars_of_the_months_that_score() -> None:
    """Half of 8% is 4% of a quarter's pay: of 18,000 in these months 720; over the range of 62,000
    to 84,000 a year, a quarter of it 15,500 to 21,000, it is 620 to 840."""
    found = paid(78.0, base_pay=18_000.0)
    assert (found.months, found.amount) == (3, pytest.approx(720))
    assert found.between == (pytest.approx(620), pytest.approx(840))
    assert found.sentences == (
        "The role pays of the full bonus from 90.0 on 50%; from 100.0 on 100%; from 110.0 on 120%.",
        "HIPAA violations meets its target, which any bonus requires.",
        "A score of 90.0 earns 50% of it.",
        "The full bonus is 8% of base pay, so this is 4% of the base pay of January to March 2026 "
        "(3 months).",
        "On base pay of $18,000 in these months that is $720.",
    )
    assert "$620 to $840" in paid(78.0).sentences[-1]
    by_the_hour = bonus(replace(TERMS, yearly_pay=None), scored(78.0))
    assert (by_the_hour.between, by_the_hour.of_pay) == (None, pytest.approx(0.04))


def test_a_required_kpi_that_misses_pays_nothing() -> None:
    found = bonus(TERMS, scored(90.0, violations=1.0))
    assert (found.share, found.of_pay) == (0.0, 0.0)
    assert "no bonus is paid" in found.sentences[1]


def test_what_is_not_settled_is_not_said() -> None:
    known = facts({"answers": [100.0], "answer_share": [90.0]})
    waits = bonus(TERMS, scored(90, without(known, "incidents", FEB)))
    assert (waits.share, waits.required[0].state) == (None, "unknown")
    # Below the first step nothing is paid, whatever comes of it.
    low = facts({"answers": [100.0], "answer_share": [70.0]})
    assert bonus(TERMS, scored(70, without(low, "incidents", FEB))).share == 0.0
    pending = MonthState(State.COMPLETE, pending=True)
    gated = score([version(SATISFACTION, replace(HIPAA, gate=60))], QUARTER[0], QUARTER[-1],
                  with_state(known, "incidents", FEB, pending))  # fmt: skip
    assert bonus(TERMS, gated).required[0].state == "unknown"


def test_what_hr_excluded_or_the_role_does_not_ask_is_excused() -> None:
    known = facts({"answers": [100.0], "answer_share": [90.0], "hipaa_violations": [1.0]})
    out = score([version(SATISFACTION, HIPAA)], QUARTER[0], QUARTER[-1], known,
                exclusions=[Exclusion("hipaa_violations", QUARTER, "why")])  # fmt: skip
    found = bonus(TERMS, out)
    assert (found.share, found.required[0].state) == (1.2, "excused")
    other = bonus(replace(TERMS, requires=("no_show_rate",)), scored(90.0))
    assert other.required[0].state == "excused"


def test_a_miss_under_either_version_is_a_miss() -> None:
    """No violations is the old target; the new one asks for 1, as nobody should: 0 misses it."""
    known = facts({"answers": [100.0], "answer_share": [90.0], "hipaa_violations": [0.0]})
    odd = replace(HIPAA, target=(1.0, 1.0), weight=10)
    versions = [version(SATISFACTION, replace(HIPAA, weight=10), months=QUARTER[:1]),
                version(SATISFACTION, odd, name="2", months=QUARTER[1:])]  # fmt: skip
    assert bonus(TERMS, score(versions, QUARTER[0], QUARTER[-1], known)).share == 0.0


@pytest.mark.parametrize(
    ("share", "decided", "part", "counted"),
    [
        (78.0, "meets", 0.5, 90.0),  # 90 lies in its band already
        (78.0, "exceeds", 1.0, 103.0),  # raised: 103 is where exceeds begins
        (78.0, "outstanding", 1.2, 112.0),
        (95.0, "exceeds", 1.2, 112.0),  # 115 lowered: just under 112 reaches 110
        (95.0, "meets", 1.0, 103.0),  # just under 103 reaches 100
        (80.0, "developing", 0.0, 90.0),  # just under 90 does not reach 90
        (80.0, "below", 0.0, 70.0),
    ],
)
def test_the_bonus_follows_the_decided_rating(
    share: float, decided: str, part: float, counted: float
) -> None:
    found = paid(share, decided=decided)
    assert (found.share, found.counted) == (part, counted)


def test_the_decided_rating_is_explained() -> None:
    assert paid(78.0, decided="exceeds").sentences[0] == (
        "The rating was decided as exceeds, which begins at 103.0: the bonus goes by that score, "
        "not by 90.0."
    )
    assert "a score just under it, not by 115.0" in paid(95.0, decided="meets").sentences[0]
    assert "A score just under 103.0 earns 100% of it." in paid(95.0, decided="meets").sentences


def test_what_cannot_be_said() -> None:
    none = bonus(TERMS, scored(90, without(facts(), "surveys", FEB)))
    assert (none.share, none.amount) == (None, None)
    assert none.sentences == ("There is no score, so the bonus cannot be said.",)
    plain = bonus(replace(TERMS, schedule=()), scored(90.0))
    assert plain.share is None
    assert "for people to say" in plain.sentences[0]
    unnamed = bonus(replace(TERMS, target=None), scored(90.0))
    assert (unnamed.share, unnamed.of_pay) == (1.2, None)
    for wrong in (0.0, -5.0, float("nan"), float("inf")):
        with pytest.raises(InputError, match="dollars above zero"):
            paid(90.0, base_pay=wrong)
    with pytest.raises(InputError, match="'great' is no rating of this role; it has outstanding"):
        paid(90.0, decided="great")
