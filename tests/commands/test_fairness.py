"""The commands of a fair score: plan, deliveries, bonus, pace, and what `kpi score` says."""

from sqlalchemy import Engine

from kpi.access.actor import operator
from kpi.months import Month
from kpi.review.basis.exclusions import exclude
from tests.commands.running import Shell
from tests.commands.test_commands import AT, JSON, PERIOD
from tests.scored import scored_office

DANA = ("--manager", "dana")


def test_each_in_turn(shell: Shell, engine: Engine) -> None:
    scored_office(engine)
    shell.done("plan", "add", "Call them.", *DANA, *AT, "--owner", "Dana", "--due", "2026-06-30",
               "--kpi", "overhead_ratio")  # fmt: skip
    shell.done("plan", "change", "1", *DANA, *AT, "--seen", "1", "--state", "done")
    (action,) = shell.done("plan", "list", *DANA, *AT, *JSON).document["plan"]
    assert (action["state"], action["version"], action["due"]) == ("done", 2, "2026-06-30")
    said = shell.refused("plan", "change", "1", *DANA, *AT, "--seen", "1", "--owner", "Erin")
    assert "look at it again" in said
    assert "Call them." in shell.done("plan", "list", *DANA, *AT).out

    shell.done("deliveries", "set", "ar_aging", *AT, "--who", "billing company")
    (kept,) = shell.done("deliveries", "list", *AT, *JSON).document["deliveries"]
    assert (kept["dataset"], kept["who"]) == ("ar_aging", "billing company")
    shell.done("deliveries", "set", "ar_aging", *AT, "--who", "")
    assert shell.done("deliveries", "list", *AT, *JSON).document == {"deliveries": []}

    assert "no bonus" in shell.done("bonus", *DANA, *PERIOD).out
    assert shell.done("bonus", *DANA, *PERIOD, *JSON).document == {"bonus": None}
    assert "no period under way" in shell.refused("pace", *DANA, *AT)

    exclude(engine, operator(), "dana", "lakeside", "satisfaction_score", Month(2026, 1),
            Month(2026, 3), "Lost.", "A letter.")  # fmt: skip
    said = shell.done("score", *DANA, *PERIOD).out
    assert "Excluded: satisfaction_score, 2026-01 to 2026-03, by" in said
    assert "Without these exclusions: 67.5" in said
