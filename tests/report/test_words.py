"""The words of a score: each state has one, and they agree with the figures beside them."""

import pytest

from kpi.months import Month, period_words
from kpi.report.words import (
    ASSURANCE,
    SIGNAL,
    gate_words,
    meaning,
    rating_name,
)
from kpi.score.model import Gate


def test_every_pair_of_signs_has_its_sentence() -> None:
    pairs = [
        meaning(signal, assurance)
        for signal in ("improving", "common_cause", "deteriorating")
        for assurance in ASSURANCE
        if assurance
    ]
    assert len(set(pairs)) == 9
    assert all(pairs)
    assert meaning("trial", None) == ""
    assert meaning("rising", "hit_or_miss") == meaning("falling", "hit_or_miss") != ""
    assert "No signal" in SIGNAL.values()


def test_assurance_speaks_of_the_usual_range_and_never_of_the_value() -> None:
    # The last month may meet a target that the range of earlier months lies short of.
    assert all(text.startswith("usual range") for text in ASSURANCE.values() if text)
    assert not any("never" in text or "always" in text for text in ASSURANCE.values())


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("held", "held"),
        ("breached", "breached: holds the score to at most 60"),
        ("pending", "waiting for a decision; a miss would hold the score to at most 60"),
        ("unknown", "not known, data is missing; a miss would hold the score to at most 60"),
    ],
)
def test_a_gate_says_what_it_does(state, said) -> None:  # type: ignore[no-untyped-def]
    assert gate_words(Gate("hipaa_violations", 60, state)) == said


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (Month(2026, 1), Month(2026, 3), "January to March 2026"),
        (Month(2026, 3), Month(2026, 3), "March 2026"),
        (Month(2025, 11), Month(2026, 1), "November 2025 to January 2026"),
    ],
)
def test_periods_in_words(first: Month, last: Month, said: str) -> None:
    assert period_words(first, last) == said


def test_a_rating_that_the_role_made_up_keeps_its_own_word() -> None:
    assert rating_name("meets") == "Meets expectations"
    assert rating_name("role_model") == "Role model"
