"""Who may do what: every cell of the table, and the scope of each actor."""

from typing import get_args

import pytest

from kpi.access.actor import Action, Actor, Kind, operator, require, require_score
from kpi.errors import NotPermitted

MAY: dict[Action, str] = {
    "read_scores": "operator physician manager hr",
    "read_uploads": "operator physician manager hr",
    "upload": "operator manager",
    "countersign": "physician hr",
    "publish_role": "operator hr",
    "read_roles": "operator physician manager hr",
    "acknowledge": "manager",
    "backtest": "operator physician hr",
    "read_people": "operator physician manager hr administrator",
    "manage_people": "operator hr administrator",
    "manage_accounts": "operator administrator",
    "read_trail": "operator hr administrator",
    "spot_check": "physician hr",
    "rebase": "operator physician hr",
    "annotate": "operator physician manager hr",
    "exclude": "operator hr",
    "review_self": "operator manager",
    "review_supervise": "operator physician",
    "review_hr": "operator hr",
    "read_pay": "operator physician manager hr",
    "plan": "operator physician manager hr",
    "deliver": "operator manager hr",
    "hold": "operator hr",
    "check_health": "operator administrator",
    "retain": "operator hr",
    "back_up": "operator",
}


@pytest.mark.parametrize("kind", get_args(Kind))
@pytest.mark.parametrize("action", get_args(Action))
def test_every_cell(action: Action, kind: Kind) -> None:
    actor = Actor(kind, "Pat Example", manager="pat")
    if kind in MAY[action].split():
        assert require(actor, action, "lakeside") is None
    else:
        with pytest.raises(NotPermitted, match="may not"):
            require(actor, action, "lakeside")


@pytest.mark.parametrize("action", get_args(Action))
def test_no_actor_reaches_another_practice(action: Action) -> None:
    kind = next(each for each in get_args(Kind) if each in MAY[action].split())
    actor = Actor(kind, "Pat Example", practices=frozenset({"lakeside"}))
    assert require(actor, action, "lakeside") is None
    with pytest.raises(NotPermitted):
        require(actor, action, "hillcrest")


def test_a_manager_reads_only_her_own_score() -> None:
    dana = Actor("manager", "Dana Example", manager="dana")
    assert require_score(dana, "lakeside", "dana") is None
    with pytest.raises(NotPermitted, match="only her or his own"):
        require_score(dana, "lakeside", "marcus")


def test_an_administrator_sees_no_score() -> None:
    with pytest.raises(NotPermitted):
        require_score(Actor("administrator", "Ada Example"), "lakeside", "dana")


def test_a_command_acts_as_the_operator() -> None:
    assert operator().kind == "operator"
    assert operator().label.endswith("(operator)")
