"""A confirmed mapping as the YAML of a profile; ``kpi.ingest.mapping.profile`` explains it."""

from __future__ import annotations

from io import StringIO
from typing import Any

from kpi.datasets.hearsay import NO_RECORD
from kpi.ingest.mapping.guess import Guess
from kpi.ingest.mapping.proposal import Proposal


def profile_text(proposal: Proposal, title: str) -> str:
    """The profile of a proposal."""
    from ruamel.yaml import YAML

    rules = proposal.rules
    written: dict[str, Any] = {
        "title": title,
        "header": [cell.strip() for cell in proposal.header.cells if cell.strip()],
    }
    if rules.fill_down:
        written["fill_down"] = list(rules.fill_down)
    left_out = [rule.entry for rule in rules.left_out] + _no_records(proposal)
    if left_out:
        written["leave_out"] = left_out
    if rules.test_patients:
        written["test_patients"] = rules.test_patients
    kinds = _kinds(proposal)
    if kinds:
        written["rows"] = kinds
    if rules.ratings:
        written["melt"] = {"columns": "ratings", "value": "score", "blank": "no answer"}
    if rules.aging:
        written["aging"] = dict(rules.aging)
    if rules.checks:
        written["checks"] = [dict(check) for check in rules.checks]
    written["feeds"] = {
        proposal.dataset.name: {
            name: _entry(proposal, proposal.guesses[name])
            for name in proposal.dataset.names
            if name in proposal.guesses
        }
    }
    text = StringIO()
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.width = 4096
    yaml.dump(written, text)
    return text.getvalue()


def _is_split(guess: Guess) -> bool:
    """Whether a column takes a figure of rows of its kind, whose words stand with another one."""
    return "when" in guess.written and guess.written["when"] == {guess.headings[-1]: []}


def _kinds(proposal: Proposal) -> dict[str, Any]:
    """Rows by the word that says the kind of their figure: a word that nobody has seen yet
    quarantines its row, in place of letting its figure go nowhere."""
    for guess in proposal.guesses.values():
        if not (_is_split(guess) and guess.words.heading):
            continue
        meanings = guess.words.meanings
        rows = {
            "column": guess.words.heading,
            "feeds": {
                word: proposal.dataset.name
                for word, meaning in meanings.items()
                if meaning not in (None, NO_RECORD)
            },
        }
        none = [word for word, meaning in meanings.items() if meaning == NO_RECORD]
        return rows | ({"left_out": {word: f"no work time: {word}" for word in none}})
    return {}


def _no_records(proposal: Proposal) -> list[dict[str, Any]]:
    """Rows whose word for a choice means that they are no records."""
    return [
        {"column": guess.words.heading, "words": [word], "reason": f"no record: {word}"}
        for guess in proposal.guesses.values()
        for word, meaning in guess.words.meanings.items()
        if meaning == NO_RECORD and guess.words.heading and not _is_split(guess)
    ]


def _entry(proposal: Proposal, guess: Guess) -> Any:
    if _is_split(guess):
        return _split_entry(proposal, guess)
    entry, meanings = guess.entry, guess.words.meanings
    if "flags" in guess.written:
        return {**guess.written, **_otherwise(meanings.get(""))}
    values = {
        word: meaning
        for word, meaning in meanings.items()
        if meaning not in (None, NO_RECORD) and word.casefold() != meaning
    }
    return {**guess.written, "values": values} if values else entry


def _otherwise(meaning: str | None) -> dict[str, str]:
    return {} if meaning is None else {"otherwise": meaning}


def _split_entry(proposal: Proposal, guess: Guess) -> dict[str, Any]:
    """The figure where the kind is this column's."""
    holder = next(
        each.words for each in proposal.guesses.values() if _is_split(each) and each.words.heading
    )
    wanted = [word for word, meaning in holder.meanings.items() if meaning == guess.column]
    return {**guess.written, "when": {holder.heading: wanted}}
