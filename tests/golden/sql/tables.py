"""The records of one practice as they stand, in tables that the queries read.

Months come from the stored dates here, not from what the program noted; money is cents, decimals
are ten-thousandths, dates are days and times are seconds since 1970.
"""

import sqlite3
from datetime import date, timedelta
from typing import Any

_DAY = "cast(strftime('%Y%m', {0} * 86400, 'unixepoch') AS integer)"
_TIME = "cast(strftime('%Y%m', {0}, 'unixepoch') AS integer)"

_MONTH = {
    "appointments": _TIME.format("start_at"),
    "charges": _DAY.format("posted_date"),
    "payments": _DAY.format("posted_date"),
    "claims": _DAY.format("submitted_date"),
    "calls": _DAY.format("day"),
    "availability": _DAY.format("day"),
    "ar_aging": _DAY.format("as_of"),
    "staff": _DAY.format("as_of"),
    "ledger": "month",
    "surveys": _DAY.format("coalesce(answered_on, sent_on)"),
    "complaints": _DAY.format("received_on"),
    "incidents": _DAY.format("coalesce(discovered_on, occurred_on)"),
    "audits": "NULL",
    "training": _DAY.format("due_on"),
    "staff_hours": "NULL",
}

_REQUIRED = {"appointments": "start_at IS NOT NULL AND status IS NOT NULL"}

_HELPERS = """
CREATE TEMP TABLE visits AS SELECT *, date(start_at, 'unixepoch') AS on_day FROM a
    WHERE status = 'completed';
CREATE TEMP TABLE timed AS SELECT *, start_at + scheduled_minutes * 60 AS end_at FROM visits
    WHERE provider IS NOT NULL AND scheduled_minutes IS NOT NULL;
CREATE INDEX timed_by_day ON timed (provider, on_day);
CREATE TEMP TABLE waits AS SELECT month,
    max(0, (seen_at - max(arrived_at, start_at) + 59) / 60) AS minutes
    FROM visits WHERE seen_at BETWEEN arrived_at AND arrived_at + 28800;
CREATE TEMP TABLE cycles AS SELECT month, (departed_at - arrived_at + 59) / 60 AS minutes
    FROM visits WHERE departed_at BETWEEN arrived_at AND arrived_at + 28800;
CREATE TEMP TABLE owed AS SELECT month,
    sum(days_0_30 + days_31_60 + days_61_90 + days_91_120 + days_over_120) AS balance,
    sum(days_91_120 + days_over_120) AS over_90, sum(days_over_120) AS over_120
    FROM r WHERE as_of = (SELECT max(o.as_of) FROM r o
                          WHERE o.month = r.month AND o.location IS r.location)
    GROUP BY month;
CREATE TEMP TABLE last_list AS SELECT * FROM f
    WHERE coalesce(is_provider, 0) = 0
      AND as_of = (SELECT max(o.as_of) FROM f o WHERE o.month = f.month);
CREATE TEMP TABLE heads AS SELECT month, sum(hired_on <= as_of AND coalesce(left_on > as_of, 1))
    AS headcount FROM last_list GROUP BY month;
"""

NAMES = {
    "appointments": "a", "charges": "c", "claims": "m", "payments": "p", "calls": "k",
    "availability": "v", "ar_aging": "r", "surveys": "s", "staff_hours": "h", "staff": "f",
    "complaints": "q", "incidents": "i", "audits": "u", "training": "t",
}  # fmt: skip
"""The letter by which the queries name a dataset; the ledger is ``l``."""


def opened(path: str, practice: str) -> sqlite3.Connection:
    """The practice's records, read only, under the names that the queries use."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    (number,) = connection.execute(
        "SELECT number FROM practices WHERE id = ?", [practice]
    ).fetchone()
    for dataset, letter in NAMES.items():
        connection.execute(
            f"CREATE TEMP TABLE {letter} AS SELECT *, {_MONTH[dataset]} AS month FROM {dataset} "
            f"WHERE practice = {number} AND live = 1 AND {_REQUIRED.get(dataset, '1')}"
        )
    connection.execute(
        "CREATE TEMP TABLE l AS SELECT e.month, e.kind, e.amount, e.budget, "
        "coalesce(e.category, n.category) AS category FROM ledger e "
        "LEFT JOIN accounts n ON n.practice = e.practice AND n.account = e.account "
        f"WHERE e.practice = {number} AND e.live = 1"
    )
    connection.executescript(_HELPERS)
    return connection


def period(first: str, last: str) -> dict[str, Any]:
    """What a query asks of its months: ``2026-04`` to ``2026-06`` and the same a year before."""
    year, month = (int(part) for part in first.split("-"))
    last_year, last_month = (int(part) for part in last.split("-"))
    begin = date(year, month, 1)
    end = date(last_year + last_month // 12, last_month % 12 + 1, 1) - timedelta(days=1)
    epoch = date(1970, 1, 1)
    leap = any(
        (begin + timedelta(days=each)).timetuple()[1:3] == (2, 29)
        for each in range((end - begin).days + 1)
    )
    opening = begin - timedelta(days=1)
    return {
        "first": year * 100 + month,
        "last": last_year * 100 + last_month,
        "first_then": (year - 1) * 100 + month,
        "last_then": (last_year - 1) * 100 + last_month,
        "opening": opening.year * 100 + opening.month,
        "from_day": (begin - epoch).days,
        "to_day": (end - epoch).days,
        "days": (end - begin).days + 1,
        "year_days": 366 if leap else 365,
        "months": (last_year - year) * 12 + last_month - month + 1,
    }
