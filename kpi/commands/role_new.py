"""``kpi role new``: a few questions, and a complete role file to begin from."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import click

from kpi.errors import InputError

_PERIODS: Final = ("month", "quarter", "half", "year")
_SIZES: Final = ("small", "medium", "large")

# Each flag with the question that it answers, in the order in which they are asked.
_QUESTIONS: Final[Mapping[str, str]] = {
    "practice_name": "Name of the practice",
    "title": "Job title",
    "reports_to": "Reports to (the direct supervisor's role)",
    "flsa": "Status under the Fair Labor Standards Act",
    "pay_low": "Lowest pay in dollars, a year if exempt and an hour if not",
    "pay_high": "Highest pay in dollars",
    "review_period": "How long a review looks back",
}
_CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "flsa": ("exempt", "nonexempt"),
    "review_period": _PERIODS,
}
_WHICH_KPIS: Final = (
    "Which KPIs: 'small' (up to 5 clinicians), 'medium' (up to 15), 'large', or their ids with "
    "commas between"
)


@click.command("new")
@click.option(
    "-o", "target", required=True, type=click.Path(path_type=Path, dir_okay=False),
    help="FILE.yaml, which must not be there yet.",
)  # fmt: skip
@click.option("--practice-name", metavar="NAME", help="Name of the practice.")
@click.option("--title", metavar="TITLE", help="Job title.")
@click.option("--reports-to", metavar="ROLE", help="The direct supervisor.")
@click.option("--flsa", type=click.Choice(_CHOICES["flsa"]), help="Whether overtime is paid.")
@click.option("--pay-low", metavar="DOLLARS", help="Lowest pay, a year if exempt, else an hour.")
@click.option("--pay-high", metavar="DOLLARS", help="Highest pay.")
@click.option("--review-period", type=click.Choice(_PERIODS), help="How long a review looks back.")
@click.option("--size", type=click.Choice(_SIZES), help="KPIs usual for a practice of that size.")
@click.option("--kpi", "ids", multiple=True, metavar="ID", help="Or these KPIs, one a flag.")
def role_new(target: Path, size: str | None, ids: tuple[str, ...], **given: str | None) -> None:
    """Write a complete, commented role file to begin from; asks for what no flag says."""
    from datetime import UTC, datetime

    from kpi.role import in_words
    from kpi.role.check import check_role
    from kpi.role.starter import Answers, starter

    if target.exists():
        raise InputError(f"{target} is there already; name another file.")
    if size and ids:
        raise click.UsageError("Give either --size or --kpi.")
    said = _answered(given, asked_kpis=not (size or ids))
    low, high = _pay(said["pay_low"], "--pay-low"), _pay(said["pay_high"], "--pay-high")
    if low > high:
        raise InputError("--pay-low is above --pay-high.")
    answers = Answers(
        practice=said["practice_name"],
        title=said["title"],
        reports_to=said["reports_to"],
        flsa=said["flsa"],
        pay=(low, high),
        review_period=said["review_period"],
        weights=_weights(size, ids or tuple(said.get("kpis", "").replace(",", " ").split())),
    )
    today = datetime.now(UTC).date()
    text = starter(answers, today)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError:
        raise InputError(f"{target} is there already; name another file.") from None
    click.echo(
        f"{target} written. Read every line and change what is not so at your practice, then: "
        f"kpi role check {target}"
    )
    # A choice of KPIs can be at odds with itself, which the rules say better than a refusal.
    for finding in check_role(text, target.name, today=today).findings:
        click.echo(in_words(finding, target.name))


def _answered(given: Mapping[str, str | None], *, asked_kpis: bool) -> dict[str, str]:
    """All answers, the missing ones asked for on a terminal. Raises UsageError where there is
    none, naming the flags."""
    missing = [each for each in _QUESTIONS if not given[each]]
    if (missing or asked_kpis) and not on_a_terminal():
        flags = [f"--{each.replace('_', '-')}" for each in missing]
        flags += ["--size (or --kpi, several times)"] if asked_kpis else []
        raise click.UsageError(f"There is no terminal to ask on; say it with: {', '.join(flags)}.")
    found = {each: str(answer) for each, answer in given.items() if answer}
    for each in missing:
        found[each] = _ask(each)
    if asked_kpis:
        found["kpis"] = click.prompt(_WHICH_KPIS, value_proc=_which)
    return found


def on_a_terminal() -> bool:
    """Whether somebody can be asked, and sees the question."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _ask(question: str) -> str:
    kind: Any = click.Choice(_CHOICES[question]) if question in _CHOICES else None
    check: Callable[[str], str] | None = _dollars if question.startswith("pay") else None
    answer: str = click.prompt(_QUESTIONS[question], type=kind, value_proc=check)
    return answer


def _dollars(written: str) -> str:
    """An amount as it was written, asked for again while it is none."""
    try:
        _pay(written, "That")
    except InputError as fault:
        raise click.UsageError(str(fault)) from None
    return written


def _which(written: str) -> str:
    """KPIs as they were written, asked for again while they cannot be taken."""
    try:
        _weights(None, tuple(written.replace(",", " ").split()))
    except InputError as fault:
        raise click.UsageError(str(fault)) from None
    return written


def _pay(written: str, what: str) -> float:
    """Dollars, with or without their sign. Raises InputError."""
    from kpi.role.values import Fault, parse_dollars

    found = parse_dollars(f"${written.strip().removeprefix('$')}", what)
    if isinstance(found, Fault) or found <= 0:
        raise InputError(f"{what}: '{written}' is no pay; write dollars, for example 62,000.")
    return found


def _weights(size: str | None, ids: tuple[str, ...]) -> Mapping[str, int]:
    from kpi.role.starter import PRESETS, even_weights

    if size is None and len(ids) == 1 and ids[0] in PRESETS:
        size = ids[0]
    return PRESETS[size] if size else even_weights(ids)
