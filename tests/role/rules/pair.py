"""What a pair is: a file that breaks a rule at a stated place, and one that does not."""

from dataclasses import dataclass, field

Changes = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Pair:
    """Two sets of changes of the complete role: ``broken`` breaks the rule, ``sound`` says
    something near to it and does not; without ``sound`` it is the complete role itself.

    The mark in ``broken`` stands where the finding points; ``at``: or else the beginning of the
    line where it does, where something is missing. ``says``: words of the message.
    """

    rule: str
    broken: Changes
    says: str
    sound: Changes = field(default=())
    at: str = ""


def once(rule: str, old: str, new: str, says: str, sound: str = "", at: str = "") -> Pair:
    """A pair of one change."""
    return Pair(rule, ((old, new),), says, ((old, sound),) if sound else (), at)
