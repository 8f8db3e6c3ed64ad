"""A word that says what it means where it stands: pressed, it opens a note beside itself."""

from __future__ import annotations

from collections.abc import Mapping

from dashboards.markup.text import block, safe
from kpi.report.glossary import WORDS


def word(id: str, place: str, shown: str = "") -> str:
    """The word as a button, dots under it, and its note, which the browser opens and shuts without
    a script: by press, key and touch, Escape shuts it, and a screen reader hears that it is open.

    ``shown``: how the word stands in its sentence, its name if not given. ``place`` tells the note
    from others of the same word on a page. Raises KeyError for a word that has no meaning here.
    """
    found, at = WORDS[id], f"word-{place}-{id}"
    text = safe(shown or found.name)
    return (
        f'<button type="button" class="rc-word" popovertarget="{at}">{text}</button>'
        f'<span popover id="{at}" class="rc-meant"><b>{safe(found.name)}</b> {safe(found.says)} '
        '<a href="catalogue" target="_self">All words</a></span>'
    )


def meant(text: str, place: str, phrases: Mapping[str, str]) -> str:
    """A sentence as HTML in which each phrase, where it first stands, says what is meant by the
    word that it is given for."""
    there = sorted((text.find(phrase), phrase) for phrase in phrases if phrase in text)
    if not there:
        return safe(text)
    at, phrase = there[0]
    left = {each: id for each, id in phrases.items() if each != phrase}
    rest = meant(text[at + len(phrase) :], place, left)
    return f"{safe(text[:at])}{word(phrases[phrase], place, phrase)}{rest}"


def meant_items(texts: tuple[str, ...], place: str, phrases: Mapping[str, str]) -> str:
    """A list of such sentences, each word explained once; empty ones are left out."""
    left, found = dict(phrases), ""
    for text in filter(None, texts):
        own = {phrase: id for phrase, id in left.items() if phrase in text}
        found += f"<li>{meant(text, place, own)}</li>"
        left = {phrase: id for phrase, id in left.items() if phrase not in own}
    return f'<ul class="rc-facts">{found}</ul>' if found else ""


def words_line(place: str, *ids: str) -> str:
    """A quiet line of words, for where they stand in every other cell."""
    found = ", ".join(word(id, place) for id in ids)
    return block(f'<p class="rc-small">What is meant by: {found}</p>')


def words_block() -> str:
    """All words with what they mean, folded up."""
    found = "".join(
        f"<dt>{safe(each.name)}</dt><dd>{safe(each.says)}</dd>" for each in WORDS.values()
    )
    return block(
        f"<details><summary>What the words on these pages mean ({len(WORDS)})</summary>"
        f'<dl class="rc-define">{found}</dl></details>'
    )
