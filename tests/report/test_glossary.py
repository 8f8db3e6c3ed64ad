"""The words that are explained: short, in docs/words.md as they are, and with pages that exist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kpi.report.glossary import WORDS, Word, document

DOCS = Path(__file__).resolve().parents[2] / "docs"


def test_the_documentation_says_what_the_pages_say() -> None:
    assert (DOCS / "words.md").read_text("utf-8") == document()


@pytest.mark.parametrize("word", WORDS.values(), ids=WORDS)
def test_a_word_has_one_or_two_sentences_and_a_page_that_speaks_of_it(word: Word) -> None:
    assert len(re.findall(r"[.](?= [A-Z]|$)", word.says)) in (1, 2)
    assert word.says.endswith(".")
    if word.more:
        said = (DOCS / word.more).read_text("utf-8").casefold()
        assert word.name.split()[-1].casefold()[:6] in said
