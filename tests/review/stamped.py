"""Events of the log of figures, dated as if they had happened at chosen moments."""

from sqlalchemy import Engine, func, select, update

from kpi.store.engine import writing
from kpi.store.tables import figure_events


class Stamp:
    """Dates what happened since it was last asked."""

    def __init__(self, engine: Engine) -> None:
        self.engine, self.last = engine, 0

    def __call__(self, at: str) -> None:
        table = figure_events
        with writing(self.engine) as connection:
            new = update(table).where(table.c.id > self.last).values(at=at)
            assert connection.execute(new).rowcount
            self.last = connection.execute(select(func.max(table.c.id))).scalar_one()
