"""``kpi retention``."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import click

from kpi.commands.options import MONTH, database, opened, output, practice
from kpi.commands.printing import print_json, print_lines, print_table
from kpi.months import Month

if TYPE_CHECKING:
    from kpi.review.oversight.retention import Retention

_LENGTH = re.compile(r"(\d{1,3}) ?(y|years?|m|months?)", re.IGNORECASE)


class _Length(click.ParamType[int | None]):
    """How long: ``7y``, ``84m``, or ``forever`` (None)."""

    name = "7y|84m|forever"

    def convert(self, value: Any, param: Any, ctx: Any) -> int | None:
        if str(value).casefold() == "forever":
            return None
        found = _LENGTH.fullmatch(str(value).strip())
        if found is None:
            self.fail(f"'{value}' is no length of time; write 7y, 84m or forever.", param, ctx)
        return int(found[1]) * (12 if found[2].casefold().startswith("y") else 1)


class _Retention(click.Group):
    """What names no command of the group shows: ``kpi retention --practice lakeside``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        if args and args[0] not in {*self.commands, *ctx.help_option_names}:
            args = ["show", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Retention)
def retention() -> None:
    """Say how long records are kept, and let older ones go."""


@retention.command("show")
@practice
@output
@database
def retention_show(practice: str, form: str, db: str | None) -> None:
    """Show how long records are kept, what holds them, and which would go now."""
    from kpi.access.actor import operator
    from kpi.review.oversight.retention import retention_of

    found = retention_of(opened(db), operator(), practice)
    if form == "json":
        print_json(_document(found))
    else:
        _print(found)


@retention.command("set")
@practice
@click.option("--keep", required=True, type=_Length(), help="How long; two years at least.")
@database
def retention_set(practice: str, keep: int | None, db: str | None) -> None:
    """Say how long records are kept; nothing is deleted by it alone."""
    from kpi.access.actor import operator
    from kpi.review.oversight.retention import keep_records

    _print(keep_records(opened(db), operator(), practice, keep))


@retention.command("apply")
@practice
@click.option(
    "--before",
    type=MONTH,
    required=True,
    help="Months before it are sealed, and records that only they rest on deleted, for good.",
)
@database
def retention_apply(practice: str, before: Month, db: str | None) -> None:
    """Delete records before a month; it cannot be taken back."""
    from kpi.access.actor import operator
    from kpi.review.oversight.retention import apply_retention

    counts = apply_retention(opened(db), operator(), practice, before)
    click.echo(
        f"Months before {before} are sealed: their figures stay, and {sum(counts.values()):,} "
        "records are deleted. Backups made before hold them until you delete those."
    )
    _print_counts({name: count for name, count in counts.items() if count}, "Deleted")


def _document(found: Retention) -> dict[str, Any]:
    return {
        "practice": found.practice.id,
        "keep_months": found.keep_months,
        "sealed_before": _text(found.sealed_before),
        "may_seal_before": _text(found.limit),
        "on_hold": found.on_hold,
        "held": [{"why": each.why, "before": str(each.before)} for each in found.held],
        "records": dict(found.records),
    }


def _text(month: Month | None) -> str | None:
    return None if month is None else str(month)


def _print(found: Retention) -> None:
    id = found.practice.id
    kept = "for good" if found.keep_months is None else f"for {found.keep_months} months"
    print_lines(f"Records of {id} are kept {kept}.")
    if found.sealed_before is not None:
        print_lines(
            f"Months before {found.sealed_before} are sealed: their figures stay, their records "
            "are deleted."
        )
    if found.on_hold:
        print_lines("A hold stands: nothing is deleted until it is released.")
    for each in found.held:
        print_lines(f"Held from {each.before} on: {each.why}.")
    if found.limit is None:
        return
    if not any(found.records.values()):
        print_lines("No record would be deleted now.")
        return
    print_lines(f"Would be deleted with: kpi retention apply --practice {id} "
                f"--before {found.limit}")  # fmt: skip
    _print_counts({name: count for name, count in found.records.items() if count}, "Records")


def _print_counts(counts: dict[str, int], heading: str) -> None:
    rows = [{"dataset": name, "count": count} for name, count in counts.items()]
    if rows:
        print_table(rows, {"dataset": "Dataset", "count": heading})
