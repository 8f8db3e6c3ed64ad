"""Each rule finds what breaks it, at its place, and nothing in what does not."""

import pytest

from kpi.role import in_words
from kpi.role.rules import RULES
from tests.role.rules.complete import COMPLETE, HERE, findings, marked, marked_at, patched
from tests.role.rules.pair import Pair
from tests.role.rules.pairs_targets import PAIRS as TARGETS
from tests.role.rules.pairs_terms import PAIRS as TERMS
from tests.role.rules.pairs_words import PAIRS as WORDS

PAIRS = (*WORDS, *TERMS, *TARGETS)
NEEDS_THE_PRACTICE = {each.id for each in RULES if each.needs == "known"}


def test_the_complete_role_breaks_no_rule() -> None:
    assert findings(COMPLETE) == ()


def test_every_rule_has_its_pair() -> None:
    assert {pair.rule for pair in PAIRS} == {each.id for each in RULES} - NEEDS_THE_PRACTICE


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: f"{pair.rule}: {pair.says}")
def test_a_file_that_breaks_a_rule_has_that_finding_alone(pair: Pair) -> None:
    text = patched(*pair.broken)
    text, line, column = marked(text if HERE in text else marked_at(text, pair.at))
    found = findings(text)
    assert [each.rule for each in found] == [pair.rule], found
    assert (found[0].line, found[0].column) == (line, column)
    assert found[0].level == "warning"
    assert pair.says in found[0].message
    assert found[0].remedy
    assert in_words(found[0], "role.yaml").startswith(f"role.yaml:{line}:{column}: warning: ")


@pytest.mark.parametrize(
    "pair", [each for each in PAIRS if each.sound], ids=lambda pair: f"{pair.rule}: {pair.says}"
)
def test_a_file_near_to_it_that_does_not_has_none(pair: Pair) -> None:
    assert findings(patched(*pair.sound)) == ()
