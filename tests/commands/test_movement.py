"""``kpi explain --by``: why a KPI moved, on the console and as JSON."""

import pytest
from sqlalchemy import Engine

from tests.commands.running import Shell
from tests.office import Office
from tests.review.test_movement import golden
from tests.scored import assigned, scored_office

ASKED = ("explain", "no_show_rate", "--manager", "dana", "--from", "2026-02", "--to", "2026-02")
JSON = ("--format", "json")
FIELDS = [
    "by", "from", "to", "against_from", "against_to", "value", "against_value", "against_status",
    "change", "distinguishable", "method", "reason", "notes", "words", "groups",
]  # fmt: skip


@pytest.fixture
def office(engine: Engine) -> Office:
    """Dr. Ash 6 of 60 then 6 of 50, Dr. Birch 8 of 40 then 10 of 50."""
    found = golden(engine)
    assigned(found)
    return found


def test_the_parts_in_words_and_as_a_table(shell: Shell, office: Office) -> None:
    out = shell.done(*ASKED, "--by", "provider").out
    assert "No-show rate rose from 14% (January 2026) to 16% (February 2026): +2 pp." in out
    assert "Dr. Ash: no-show rate rose from 10% to 12%, which is +1.1 of the +2 pp." in out
    lines = [line.split() for line in out.splitlines()]
    # Rate .011 and mix .004; rate 0 and mix .005.
    assert ["Dr.", "Ash", "10%", "12%", "60%", "→", "50%", "+1.1", "pp", "+0.4", "pp", "+1.5",
            "pp"] in lines  # fmt: skip
    assert ["Dr.", "Birch", "20%", "20%", "40%", "→", "50%", "0", "pp", "+0.5", "pp", "+0.5",
            "pp"] in lines  # fmt: skip


def test_the_document_beside_the_explanation(shell: Shell, office: Office) -> None:
    without = shell.done(*ASKED, *JSON).document
    assert "movement" not in without
    found = shell.done(*ASKED, "--by", "weekday", *JSON).document
    movement = found.pop("movement")
    assert found == without
    assert list(movement) == FIELDS
    # 5 January was a Monday, 5 February a Thursday: one group gone, one come.
    assert {each["group"] for each in movement["groups"]} == {"Monday", "Thursday"}
    assert sum(each["part"] for each in movement["groups"]) == pytest.approx(0.02, abs=1e-12)


def test_any_period_and_the_first_split_that_can_be_made(shell: Shell, office: Office) -> None:
    asked = (*ASKED, "--against-from", "2025-02", "--against-to", "2025-02")
    movement = shell.done(*asked, *JSON).document["movement"]
    assert (movement["against_from"], movement["by"], movement["groups"]) == ("2025-02", None, [])
    assert "No change is shown: No-show rate has no value for February 2025" in movement["reason"]
    assert movement["reason"] in " ".join(shell.done(*asked).out.split())
    asked = (*ASKED, "--against-from", "2026-01", "--against-to", "2026-01")
    assert shell.done(*asked, *JSON).document["movement"]["by"] == "provider"


def test_what_is_asked_wrongly(shell: Shell, office: Office) -> None:
    assert shell(*ASKED, "--by", "patient").status == 2
    half = shell(*ASKED, "--by", "provider", "--against-from", "2026-01")
    assert half.status == 2
    assert "Give both --against-from and --against-to" in half.err
    said = shell.refused(*ASKED, "--against-from", "2026-01", "--against-to", "2025-01")
    assert "ends in 2025-01, before it starts in 2026-01" in said


def test_a_kpi_that_cannot_be_split_says_so(shell: Shell, engine: Engine) -> None:
    scored_office(engine)
    out = shell.done("explain", "overhead_ratio", "--manager", "dana", "--from", "2026-03",
                     "--to", "2026-03", "--by", "provider").out  # fmt: skip
    assert "Overhead ratio cannot be split by provider: the export of ledger has none." in out
