"""What holds of a mapping proposed for any bytes: it shows nobody, and what it says can be saved,
read again and rehearsed, whatever is answered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from io import BytesIO
from random import Random
from typing import Any

from kpi.errors import FileRefused
from kpi.ingest.mapping.answers import with_answers
from kpi.ingest.mapping.offer import Offer, offer_of
from kpi.ingest.mapping.proposal import Proposal
from kpi.ingest.proposing import proposals_of, rehearse
from tests.ingest.opened import PRACTICE
from tests.soak.laws import nobody_named, said_in_a_sentence

_WAYS = ({"dates": "day first"}, {"unit": "hh:mm"}, {"unit": "seconds"})


def mapped_or_refused(random: Random, content: bytes, dataset: str | None = None) -> str | None:
    """Maps every table of a file as if somebody answered blindly; the sentence with which it was
    refused, or None. Raises AssertionError where a law is broken."""
    try:
        proposals = proposals_of(BytesIO(content), "file.csv", dataset)
    except FileRefused as refusal:
        return said_in_a_sentence(refusal)
    for proposal in proposals:
        _nobody_shown(offer_of(proposal))
        answered = _answered(random, proposal)
        _nobody_shown(offer_of(answered))
        if answered.complete:
            _rehearsed(content, answered)
    return None


def _answered(random: Random, proposal: Proposal) -> Proposal:
    """Any column for one that is missing, any meaning for a word, any way for what is undecided."""
    headings = [each.heading for each in proposal.samples]
    columns = {name: random.choice(headings) for name in proposal.missing}
    proposal = with_answers(proposal, columns=columns)
    words = {
        name: {word: random.choice(proposal.guesses[name].words.choices) for word in unknown}
        for name, unknown in proposal.unknown.items()
    }
    proposal = with_answers(proposal, words=words)
    how = {name: random.choice(_WAYS) for name in proposal.undecided}
    return with_answers(proposal, how=how)


def _rehearsed(content: bytes, proposal: Proposal) -> None:
    profile = proposal.profile("ours")
    assert set(profile.feeds) == {proposal.dataset.name}
    try:
        found = rehearse(BytesIO(content), "file.csv", profile, PRACTICE, table=proposal.table)
    except FileRefused as refusal:
        said_in_a_sentence(refusal)
        return
    lost = found.read - found.loaded - sum(found.left_out.values()) - sum(found.refused.values())
    assert lost == 0, f"{lost} rows of a rehearsal are not accounted for"
    assert sum(found.months.values()) <= found.loaded
    for text in (*found.left_out, *found.refused, *found.blanked, *found.notes, *found.dropped):
        nobody_named(text)
    for row in found.examples:
        for cell in row.values():
            nobody_named(cell or "")


def _nobody_shown(offer: Offer) -> None:
    for text in _texts(asdict(offer)):
        nobody_named(text)


def _texts(shown: Any) -> Iterator[str]:
    if isinstance(shown, str):
        yield shown
    elif isinstance(shown, dict):
        for key, value in shown.items():
            yield from _texts(key)
            yield from _texts(value)
    elif isinstance(shown, list | tuple):
        for each in shown:
            yield from _texts(each)
