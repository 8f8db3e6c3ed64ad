"""Slowing down whoever guesses, and nobody else.

What waits is a name as seen from one address: an attacker elsewhere keeps nobody out, and a
practice behind one address is never shut out as a whole. Names that are no account's wait alike,
so that waiting tells nothing.
"""

from __future__ import annotations

import hashlib
import hmac
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, update

from kpi.store.clock import moment as moment_of
from kpi.store.clock import stored
from kpi.store.people import sign_in_failures
from kpi.store.secret import read_key

FREE = 5
"""Failures that cost no waiting."""
LONGEST_WAIT = timedelta(minutes=15)
_FORGOTTEN = timedelta(hours=24)


def wait(connection: Connection, name: str, address: str, moment: datetime) -> timedelta:
    """How long a name seen from an address still has to wait: doubling from 15 seconds on. Nobody
    waits for a clock that was set back to come to where it failed; the next failure counts anew."""
    row = connection.execute(
        select(sign_in_failures).where(sign_in_failures.c.bucket == _bucket(name, address))
    ).first()
    if row is None or row.failures < FREE:
        return timedelta(0)
    pause = min(timedelta(seconds=15) * 2 ** min(row.failures - FREE, 10), LONGEST_WAIT)
    passed = moment - moment_of(row.last_at)
    return max(pause - passed, timedelta(0)) if passed >= timedelta(0) else timedelta(0)


def failed(connection: Connection, name: str, address: str, moment: datetime) -> None:
    """Counts a failure; those of yesterday are forgotten."""
    table, bucket = sign_in_failures, _bucket(name, address)
    long_ago = stored(moment - _FORGOTTEN)
    connection.execute(delete(table).where(table.c.last_at < long_ago))
    at = stored(moment)
    counted = connection.execute(
        update(table)
        .where(table.c.bucket == bucket)
        .values(failures=table.c.failures + 1, last_at=at)
    )
    if not counted.rowcount:
        connection.execute(insert(table).values(bucket=bucket, failures=1, last_at=at))


def succeeded(connection: Connection, name: str, address: str) -> None:
    """Forgets the failures of a name seen from an address."""
    table = sign_in_failures
    connection.execute(delete(table).where(table.c.bucket == _bucket(name, address)))


def _bucket(name: str, address: str) -> str:
    said = f"sign-in\x1f{name}\x1f{address}"
    return hmac.digest(read_key(), said.encode("utf-8", "replace"), hashlib.sha256).hex()
