"""Words in a sentence that say what they mean: found by where they stand, escaped, once each."""

from __future__ import annotations

import pytest

from dashboards.markup.words import meant, meant_items, word


def test_phrases_become_buttons_where_they_first_stand_and_nothing_else_does() -> None:
    shown = meant("<b> floor 5%, target 3%, target", "x", {"target": "target", "floor": "floor"})
    assert shown.startswith("&lt;b&gt; <button")
    assert shown.count('class="rc-word"') == 2  # not in the markup of the first, not twice
    assert shown.index("word-x-floor") < shown.index("word-x-target")
    assert shown.endswith("</span> 3%, target")
    assert '>floor</button><span popover id="word-x-floor"' in shown


def test_in_a_list_each_word_is_explained_once() -> None:
    shown = meant_items(("", "by chance alone", "chance alone"), "x", {"chance alone": "margin"})
    assert shown.count("<li>") == 2
    assert shown.count("rc-word") == 1


def test_a_word_without_a_meaning_is_a_fault() -> None:
    with pytest.raises(KeyError):
        word("no such word", "x")
