"""Which part of a period a file speaks for."""

from typing import NamedTuple


class Slot(NamedTuple):
    """A location and a part of a period; ``''`` stands for all of them."""

    location: str
    part: str


def conflicts(one: Slot, other: Slot) -> bool:
    """Whether two slots of one period speak of the same rows, so that the later one stands."""
    return all(
        mine in ("", theirs) or theirs == "" for mine, theirs in zip(one, other, strict=True)
    )
