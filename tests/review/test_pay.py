"""The bonus of a small office, and that pay is nowhere but where those who may see it ask."""

import json

import pytest
from sqlalchemy import Engine

from kpi.access.actor import Actor, operator
from kpi.errors import NotPermitted
from kpi.months import Month
from kpi.report import render
from kpi.review.frozen.canonical import canonical
from kpi.review.frozen.document import scorecard_document
from kpi.review.scores.pay import bonus_for
from kpi.review.scores.scoring import score_document, score_manager
from tests.office import Office
from tests.scored import ROLE, assigned, fill, published

JAN, MAR = Month(2026, 1), Month(2026, 3)
WHEN = "dana", JAN, MAR
# The office's score is 67.5.
PAYING = ROLE.replace(
    "  flsa: exempt\n",
    '  flsa: exempt\n  range: ["$61,111", "$83,333"]\n  per: year\n  bonus:\n    target: 7%\n'
    "    schedule: [{score: 60, share: 37%}, {score: 90, share: 100%}]\n"
    "    requires: [hipaa_violations]\n",
)


def paying_office(engine: Engine) -> Office:
    office = Office(engine)
    fill(office)
    published(office, PAYING)
    assigned(office)
    return office


def test_what_a_quarter_pays(engine: Engine) -> None:
    """37% of 7% is 2.59%; of 10,000 dollars 259."""
    paying_office(engine)
    found = bonus_for(engine, operator(), *WHEN, base_pay=10_000.0)
    assert found is not None
    assert (found["share"], found["of_base_pay"]) == (0.37, pytest.approx(0.0259))
    assert found["amount"] == pytest.approx(259)
    assert found["pay_range"] == [pytest.approx(395.69, abs=0.01), pytest.approx(539.58, abs=0.01)]
    assert (found["indicated_rating"], found["decided_rating"]) == ("below", None)
    assert found["requires"][0]["state"] == "met"
    raised = bonus_for(engine, operator(), *WHEN, decided="meets")
    assert raised is not None
    assert (raised["share"], raised["counted_score"]) == (1.0, 90)
    assert json.loads(json.dumps(found)) == found


def test_a_role_without_a_bonus(engine: Engine) -> None:
    office = Office(engine)
    fill(office)
    published(office)
    assigned(office)
    assert bonus_for(engine, operator(), *WHEN) is None


def test_who_may_see_pay(engine: Engine) -> None:
    paying_office(engine)
    here = frozenset({"lakeside"})
    for actor in (Actor("hr", "Hana"), Actor("physician", "Phil", practices=here),
                  Actor("manager", "Dana", "dana", here)):  # fmt: skip
        assert bonus_for(engine, actor, *WHEN) is not None
    for actor in (Actor("manager", "Erin", "erin", here), Actor("administrator", "Ada"),
                  Actor("visitor", "Vic"), Actor("hr", "Hal", practices=frozenset({"hillcrest"})),
                  Actor("physician", "Pia", practices=frozenset({"hillcrest"}))):  # fmt: skip
        with pytest.raises(NotPermitted):
            bonus_for(engine, actor, *WHEN)


def test_no_scorecard_holds_pay(engine: Engine) -> None:
    """Scorecards are handed on: what they hold, all may see who get one. The role's own text, which
    the document keeps to be computed again from, is the job description that hangs out anyway."""
    paying_office(engine)
    scored = score_manager(engine, operator(), *WHEN)
    document = scorecard_document(engine, operator(), *WHEN)
    texts = [render(document, form) for form in ("html", "csv")]
    texts += [canonical(score_document(scored))]
    texts += [canonical({name: each for name, each in document.items() if name != "role_texts"})]
    for text in texts:
        shown = text.decode("utf-8", "replace").lower()
        for word in ("bonus", "61,111", "61111", "83333", "0.0259", "base pay", "0.37,"):
            assert word not in shown
