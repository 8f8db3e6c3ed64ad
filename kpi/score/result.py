"""One KPI's result for a period: a value where there is one, and in words why not where not."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from kpi.catalogue import Filled, Kpi, Minimum, Unit
from kpi.catalogue.evaluation import compares, evaluate, is_count, quotient, year_before
from kpi.months import Month, span
from kpi.numbers import show
from kpi.score.facts import Facts
from kpi.score.lacking import dataset_needs, lacking
from kpi.score.model import Result, Status

TRAILING = 3
_LOOK_BACK = 12  # months in which "so far" looks for three complete ones


def result(
    kpi: Kpi, months: Sequence[Month], facts: Facts, *, minimum: float | None = None
) -> Result:
    """The KPI over the months, with its status by section 1 of the KPI reference.

    ``minimum`` takes the place of the catalogue's least n. Percent values are fractions, money is
    dollars. Never raises for data: what is lacking becomes a status and a reason.
    """
    pending, notes = _pending(kpi, months, facts)
    why = lacking(kpi, months, facts)
    if why is not None:
        return Result(kpi.id, Status.NO_DATA, reason=why, notes=notes, pending=pending)

    value = evaluate(kpi.formula, months, facts)
    numerator, denominator = quotient(kpi.formula, months, facts)
    size = _size(kpi, months, facts, minimum)
    blank = _blank(kpi, months, facts)

    reason: str | None = None
    # Blank first: audits whose results were left out are not audits that nobody did.
    if blank is not None:
        status, reason = Status.TOO_FEW, blank
    elif value is None and kpi.rare and denominator == 0:
        status, reason = Status.NOT_APPLICABLE, _nothing_to_judge(kpi)
    elif value is None:
        reason = _no_value(kpi)
        return Result(kpi.id, Status.NO_DATA, reason=reason, notes=notes, pending=pending)
    elif size.reason is not None:
        status, reason = Status.TOO_FEW, size.reason
    else:
        status = Status.SCORED
    return Result(
        kpi.id,
        status,
        value=value,
        numerator=numerator,
        denominator=denominator,
        n=size.n,
        reason=reason,
        notes=notes + _column_note(kpi, months, facts),
        pending=pending,
    )


def count_so_far(kpi: Kpi, months: Sequence[Month], facts: Facts) -> float | None:
    """What a KPI that counts comes to with what is there, complete or not; None for other KPIs."""
    return evaluate(kpi.formula, months, facts) if is_count(kpi.formula) else None


def counts_months(kpi: Kpi) -> bool:
    """Whether the KPI's least n is a number of months."""
    return kpi.minimum is not None and kpi.minimum.of is None


def trailing_months(
    kpi: Kpi,
    last: Month,
    facts: Facts,
    since: Month | None = None,
    without: Collection[Month] = (),
) -> tuple[Month, ...] | None:
    """The last three months in a row, none after ``last`` or before ``since`` or among
    ``without``, that are complete for the KPI; None where there are none within a year."""
    for back in range(_LOOK_BACK):
        months = span(last - back - TRAILING + 1, last - back)
        if since is not None and months[0] < since:
            return None
        if not any(month in without for month in months) and lacking(kpi, months, facts) is None:
            return months
    return None


def concerned(kpi: Kpi, abouts: frozenset[str]) -> bool:
    """Whether deeds about that may have made the KPI's figure better.

    A KPI that names no kinds of incident counts records in its own way: any deed may have.
    """
    if not kpi.incident_kinds:
        return bool(abouts)
    return not abouts.isdisjoint({"", *kpi.incident_kinds, *kpi.formula.measures})


@dataclass(frozen=True, slots=True)
class _Size:
    """What a minimum counted, and the sentence when that is less than it asks for."""

    n: float | None
    reason: str | None = None


def _size(kpi: Kpi, months: Sequence[Month], facts: Facts, override: float | None) -> _Size:
    asked = kpi.minimum
    if asked is None:
        return _Size(None)
    counted = _counted(asked, months, facts)
    least = asked.least if override is None else override
    n = float(len(months)) if asked.money else counted
    if counted >= least * (1 - 1e-9):
        return _Size(n)
    unit = Unit.DOLLARS if asked.money else Unit.COUNT
    where = " in each of the two periods" if asked.each else ""
    return _Size(
        n,
        f"Too few to judge: {show(counted, unit)} {asked.counted}, and at least "
        f"{show(least, unit)} are needed{where}.",
    )


def _counted(asked: Minimum, months: Sequence[Month], facts: Facts) -> float:
    if asked.of is None:
        return float(len(months))
    periods = [months, year_before(months)] if asked.each else [months]
    return min(evaluate(asked.of, each, facts) or 0.0 for each in periods)


def _blank(kpi: Kpi, months: Sequence[Month], facts: Facts) -> str | None:
    """Why too much of what the KPI counts is blank; None where it is filled well enough."""
    if (unused := _not_used_yet(kpi, months, facts)) is not None:
        return unused
    periods = [months, year_before(months)] if compares(kpi.formula) else [months]
    for rule in kpi.filled:
        for period in periods:
            have = evaluate(rule.have, period, facts) or 0.0
            of = evaluate(rule.of, period, facts) or 0.0
            if have < rule.share * of * (1 - 1e-9):
                return (
                    f"{rule.reason}: {show(have, Unit.COUNT)} of {show(of, Unit.COUNT)}, and at "
                    f"least {show(rule.share, Unit.PERCENT)} are needed."
                )
            empty = _empty_month(rule, period, facts)
            if empty is not None:
                return f"{rule.reason}: none in {empty.words}."
    return None


def _not_used_yet(kpi: Kpi, months: Sequence[Month], facts: Facts) -> str | None:
    """Why blanks are no zeros: the column that is the numerator was not in use yet."""
    rule = kpi.numerator_column
    if rule is None:
        return None
    first = facts.first_filled.get(rule.column)
    before = [month for month in months if first is None or month < first]
    if not before or not evaluate(rule.of, before, facts):
        return None
    dataset, column = rule.column.split(".")
    when = "never filled" if first is None else f"not filled before {first.words}"
    return f"The column {column} of {dataset} was {when}."


def _empty_month(rule: Filled, period: Sequence[Month], facts: Facts) -> Month | None:
    """The first month that has nothing filled though it has something to fill."""
    if not rule.every_month:
        return None
    for month in period:
        if evaluate(rule.of, [month], facts) and not evaluate(rule.have, [month], facts):
            return month
    return None


def _pending(kpi: Kpi, months: Sequence[Month], facts: Facts) -> tuple[bool, tuple[str, ...]]:
    """Whether the result may still change by somebody's decision, and on what it waits."""
    notes = []
    waiting = sum(
        facts.values.get(f"{kind}_pending", {}).get(month, 0.0)
        for kind in kpi.incident_kinds
        for month in months
    )
    if waiting:
        incidents = "incident is" if waiting == 1 else "incidents are"
        notes.append(f"{waiting:g} {incidents} neither confirmed nor dismissed yet.")
    for need in dataset_needs(kpi, months):
        state = facts.state(need.dataset, need.month)
        waits = []
        if state.pending:
            waits.append("that there was nothing to report")
        if state.unconfirmed and concerned(kpi, state.unconfirmed):
            waits.append("what a manager changed, dismissed or took back")
        notes += [
            f"{need.dataset} for {need.month.words}: {what} still waits for a second signature."
            for what in waits
        ]
    return bool(notes), tuple(notes)


def _column_note(kpi: Kpi, months: Sequence[Month], facts: Facts) -> tuple[str, ...]:
    if kpi.notes_column is None:
        return ()
    first = facts.first_filled.get(kpi.notes_column)
    dataset, column = kpi.notes_column.split(".")
    plural = column.replace("_", " ").capitalize() + "s"
    if first is None:
        return (f"{plural} are not recorded: {column} of {dataset} was never filled.",)
    if first > months[0]:
        return (f"{plural} are recorded only from {first.words} on.",)
    return ()


def _nothing_to_judge(kpi: Kpi) -> str:
    counted = kpi.minimum.counted if kpi.minimum is not None else "cases"
    return f"Nothing to judge: there were no {counted} in these months."


def _no_value(kpi: Kpi) -> str:
    if compares(kpi.formula):
        return "There is nothing to compare with: the same months a year before come to 0 or less."
    return "There is no value: what it is measured against comes to 0 or less in these months."
