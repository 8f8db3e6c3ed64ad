"""What cleaning gives: a value and a fault a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ABSENT = frozenset(
    {
        "",
        "-",
        "--",
        "\u2013",
        "\u2014",
        ".",
        "?",
        "null",
        "none",
        "n/a",
        "na",
        "nan",
        "unknown",
        "tbd",
    }
)
"""What stands for a blank in columns that are not text: a dash, or a database's word for it."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """``values``: as stored, anything where there is a fault. ``faults``: 0, or the place of the
    fault's code in ``kpi.ingest.reasons.FAULTS``."""

    values: NDArray[Any]
    faults: NDArray[np.int8]

    def spread(self, codes: NDArray[np.intp]) -> Cleaned:
        """The same for a whole column, whose row i holds the unique text number ``codes[i]``."""
        return Cleaned(self.values.take(codes), self.faults.take(codes))
