"""A practice's stored figures in the form that scoring takes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from kpi.access.practices import Practice
from kpi.catalogue import Kpi, MeasureKind, datasets_of, measure, measures_of
from kpi.measures.completeness import Presence, presences
from kpi.measures.sealed import not_countable, seal_of
from kpi.measures.stored import Series, first_filled, ledger_bases, monthly_counts, monthly_values
from kpi.months import Month
from kpi.review.basis.deliveries import deliverers
from kpi.score.facts import Facts, MonthState, State

NEED_CATEGORIES = ("operating_expenses", "payroll")
_UNCATEGORISED = ("uncategorised_accounts", "uncategorised_amount")


def build_facts(
    connection: Connection,
    practice: Practice,
    kpis: Iterable[Kpi],
    months: Sequence[Month],
    locations: tuple[str, ...] = (),
) -> Facts:
    """What the KPIs need to know of the months, for the practice or named locations of it."""
    asked = list(kpis)
    wanted = {dataset for each in asked for dataset in datasets_of(each)}
    read = sorted({name for each in asked for name in _read(each)})
    binned = [name for name in read if measure(name).kind is MeasureKind.HISTOGRAM]
    plain = [name for name in read if name not in binned]
    values = monthly_values(
        connection, practice.number, [*plain, *_UNCATEGORISED], months, locations
    )
    return Facts(
        values=values,
        histograms=monthly_counts(connection, practice.number, binned, months, locations),
        states=_states(connection, practice, sorted(wanted), months, locations),
        obstacles={
            **obstacles(values),
            **not_countable(seal_of(connection, practice.number), read, months, locations),
        },
        bases=ledger_bases(connection, practice.number, months) if "ledger" in wanted else {},
        first_filled=first_filled(connection, practice.number),
    )


def _read(kpi: Kpi) -> frozenset[str]:
    """The measures that a result needs: beside the formula's, what its notes and checks count."""
    pending = {f"{kind}_pending" for kind in kpi.incident_kinds}
    column = kpi.numerator_column.of.measures if kpi.numerator_column is not None else frozenset()
    return measures_of(kpi) | column | pending


def _states(
    connection: Connection,
    practice: Practice,
    datasets: Sequence[str],
    months: Sequence[Month],
    locations: tuple[str, ...],
) -> dict[str, dict[Month, MonthState]]:
    found = presences(connection, practice.number, datasets, months, locations)
    who = deliverers(connection, practice)
    return {
        dataset: {
            month: _with_deliverer(month_state(each), who.get(dataset))
            for month, each in held.items()
        }
        for dataset, held in found.items()
    }


def _with_deliverer(state: MonthState, who: str | None) -> MonthState:
    """The state, its note saying who was to deliver what lacks."""
    if who is None or state.state is State.COMPLETE:
        return state
    return replace(state, note=f"{state.note.rstrip('.')}; {who} was to deliver it")


def month_state(found: Presence) -> MonthState:
    """What is there of a dataset's month, as scoring takes it."""
    return MonthState(
        State(found.state),
        found.note,
        attested=found.attested,
        pending=found.pending,
        unconfirmed=found.unconfirmed,
        rows=found.rows,
        quarantined=found.quarantined,
        last_day=found.last_day,
    )


def obstacles(values: Series) -> dict[str, dict[Month, str]]:
    """Why measures that need categories of accounts have no value in some months."""
    lacking = {
        month: f"{count:g} {'account has' if count == 1 else 'accounts have'} no category, "
        f"${values.get('uncategorised_amount', {}).get(month, 0.0):,.2f}"
        for month, count in values.get("uncategorised_accounts", {}).items()
        if count
    }
    return dict.fromkeys(NEED_CATEGORIES, lacking) if lacking else {}
