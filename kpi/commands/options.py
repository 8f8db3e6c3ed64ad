"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, TypeVar

import click

from kpi.errors import InputError
from kpi.months import Month, span

if TYPE_CHECKING:
    from sqlalchemy import Engine

Command = TypeVar("Command", bound=Callable[..., Any])


class MonthType(click.ParamType[Month]):
    """A month, ``2026-01``; anything else is wrong usage."""

    name = "YYYY-MM"

    def convert(self, value: Any, param: Any, ctx: Any) -> Month:
        if isinstance(value, Month):
            return value
        try:
            return Month.parse(value)
        except InputError as error:
            self.fail(str(error), param, ctx)


class MonthsType(click.ParamType[tuple[Month, ...]]):
    """Months from one to another, ``2026-01..2026-03``, or one month."""

    name = "YYYY-MM..YYYY-MM"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[Month, ...]:
        if isinstance(value, tuple):
            return value
        first, _, last = str(value).partition("..")
        try:
            months = span(Month.parse(first), Month.parse(last or first))
        except InputError as error:
            self.fail(str(error), param, ctx)
        if not months:
            self.fail(f"'{value}' ends before it starts.", param, ctx)
        return months


class DayType(click.ParamType[date]):
    """A day, ``2026-01-31``."""

    name = "YYYY-MM-DD"

    def convert(self, value: Any, param: Any, ctx: Any) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.fail(f"'{value}' is not a day; write it like 2026-01-31.", param, ctx)


MONTH, MONTHS, DAY = MonthType(), MonthsType(), DayType()


def database(command: Command) -> Command:
    """``--db URL``, after the command as well as before it."""
    return click.option("--db", metavar="URL", help="Database URL.")(command)


def output(command: Command) -> Command:
    """``--format``: a table for people, or JSON by the contract."""
    return click.option(
        "--format", "form", type=click.Choice(["table", "json"]), default="table",
        show_default=True, help="What to print.",
    )(command)  # fmt: skip


def practice(command: Command) -> Command:
    return click.option("--practice", required=True, metavar="ID", help="Practice.")(command)


def period(command: Command) -> Command:
    """``--from`` and ``--to``."""
    command = click.option("--to", "last", type=MONTH, required=True, help="Last month.")(command)
    return click.option("--from", "first", type=MONTH, required=True, help="First month.")(command)


ENGINE = "kpi.engine"
"""Where a command's context keeps the database that it opened."""


def opened(db: str | None) -> Engine:
    """The database that the options name. Raises DatabaseError."""
    from kpi.store.schema import open_database

    context = click.get_current_context()
    engine = open_database(db or context.find_root().obj)
    context.meta[ENGINE] = engine
    return engine
