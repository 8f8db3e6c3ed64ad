"""A proposed mapping on the console: what is known, what is asked, what would come of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from kpi.commands.flags import sentence_of
from kpi.commands.printing import month_ranges, print_lines, print_table
from kpi.errors import FileRefused

if TYPE_CHECKING:
    from kpi.ingest.mapping.offer import Offer, ShownColumn, ShownWord
    from kpi.ingest.mapping.proposal import Proposal
    from kpi.ingest.proposing import Rehearsal

_HEADING, _EXAMPLES, _FEEDS = 24, 32, 20
"""The widest that cells of these columns are shown, so that the table fits 100 columns."""


@dataclass(frozen=True, slots=True)
class Ask:
    """A question, and the flag that answers it once what stands in capitals is filled in."""

    question: str
    flag: str


def print_offer(proposal: Proposal, trial: Rehearsal | FileRefused | None, saved: bool) -> None:
    """Prints one table's columns, guesses and words, then what is asked or would come of it;
    ``saved``: it is being saved, so that nobody need be told how."""
    from kpi.ingest.mapping.offer import offer_of

    offer = offer_of(proposal)
    click.echo(f"{offer.table}: {offer.rows:,} rows looked at, read as {offer.dataset}\n")
    print_table(
        [_column(each) for each in offer.columns],
        {"heading": "Column", "holds": "Holds", "examples": "Examples", "feeds": "Feeds"},
    )
    click.echo(f"\nWhere the columns of {offer.dataset} come from (* a record needs it):")
    for guess in offer.guesses:
        name = f"{guess.column}{'*' if guess.required else ''}"
        look = "" if guess.sure else "; please check"
        print_lines(f"{name}: {guess.source} ({guess.grounds}{look})", "  ")
    if offer.free:
        print_lines(f"Not filled: {', '.join(offer.free)}.", "  ")
    _print_words(offer)
    for sentence in offer.settings:
        print_lines(sentence, "  ")
    click.echo()
    if trial is None:
        click.echo("Still to be said:")
        for ask in asked(proposal):
            print_lines(ask.question, "  ")
            click.echo(f"    {ask.flag}")
    elif isinstance(trial, FileRefused):
        print_lines(f"Complete, but the file would be refused: {sentence_of(trial)}")
    else:
        _print_rehearsal(trial)
        if not saved:
            click.echo("If this is right, save it with --save NAME; else change it with --column,\n"
                       "--constant, --without, --word or --written.")  # fmt: skip


def asked(proposal: Proposal) -> list[Ask]:
    """What has to be said before the mapping can be saved."""
    from kpi.ingest.mapping.offer import offer_of

    offer, target = offer_of(proposal), proposal.dataset
    found = [
        Ask(
            f"Which column is {name} ({target.column(name).text})? Or say --constant {name}=TEXT.",
            f'--column {name}="HEADING"',
        )
        for name in offer.missing
    ]
    found += [
        Ask(
            f"What does {_word(each)} mean, in {_rows(each.count)}? One of: "
            f"{', '.join(each.choices)}.",
            f'--word {each.column}:"{each.word}"="VALUE"',
        )
        for each in offer.words
        if each.meaning is None
    ]
    return found + [
        Ask(f"{name}: {sentence}", f'--written {name}="WAY"')
        for name, sentence in offer.undecided.items()
    ]


def _column(each: ShownColumn) -> dict[str, str]:
    examples = "hidden" if each.hidden else ", ".join(each.samples)
    return {
        "heading": _clipped(each.heading, _HEADING),
        "holds": each.holds,
        "examples": _clipped(examples, _EXAMPLES),
        "feeds": _clipped(", ".join(each.feeds) or "not kept", _FEEDS),
    }


def _clipped(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"


def _print_words(offer: Offer) -> None:
    known = [each for each in offer.words if each.meaning is not None]
    if known:
        click.echo("Words and what they mean:")
        for each in known:
            look = "" if each.sure else " (please check)"
            print_lines(
                f"{each.column}: {_word(each)} in {_rows(each.count)} is {each.meaning}{look}", "  "
            )
    for column, count in offer.more_words.items():
        print_lines(
            f"{column}: {count:,} more that may say who somebody is, so they are not shown; rows "
            "with them go to quarantine.", "  ",
        )  # fmt: skip


def _word(each: ShownWord) -> str:
    return f"'{each.word}'" if each.word else "a blank"


def _rows(count: int) -> str:
    return f"{count:,} {'row' if count == 1 else 'rows'}"


def _print_rehearsal(trial: Rehearsal) -> None:
    """What reading the file so gives."""
    first = "" if trial.whole else "of the first rows "
    left_out, refused = sum(trial.left_out.values()), sum(trial.refused.values())
    said = [f"{trial.loaded:,} would be loaded"]
    said += [f"{left_out:,} left out"] if left_out else []
    said += [f"{refused:,} in quarantine"] if refused else []
    months = month_ranges([str(each) for each in trial.months])
    print_lines(
        f"Read so, {first}{_rows(trial.read)}: {', '.join(said)}; months: {months or 'none'}."
    )
    for reason, count in trial.left_out.items():
        print_lines(f"{count:,} × Left out: {reason}.", "  ")
    for reason, count in trial.refused.items():
        print_lines(f"{count:,} × {reason}", "  ")
    for reason, count in trial.blanked.items():
        print_lines(f"{count:,} × Left blank: {reason}", "  ")
    for note in trial.notes:
        print_lines(note, "  ")
