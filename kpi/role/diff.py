"""What changed in meaning from one role to another: targets, duties and pay, and not lines.

Entries that have an id are compared by it, others by what they say. What means the same however it
is written (``5%`` and ``5 percent``, a default written out) is no difference; nor are remarks, the
order of keys, and how a text is broken into lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any, Literal

from kpi.role.diff_words import called, in_brief, is_prose
from kpi.role.meaning import Path, Value, meaning
from kpi.role.model import Role

Kind = Literal["added", "removed", "changed", "reworded", "moved", "reordered"]
Told = Any  # a Value, or a dict or list of the same

_ID = {"responsibilities": "id", "skills": "id", "kpis": "kpi", "custom_kpis": "id",
       "schedule": "score"}  # fmt: skip
"""By which of its keys an entry of a list is the same one in both roles."""
_SAYS = ("text", "duty", "rule")
"""By what an entry with no id is known."""
_ALIKE = 0.6  # of two texts, by difflib: from here on one is the other reworded
_READ = 400  # characters of two texts that are compared
_MOST_COMPARED = 1_000  # pairs of entries that are
_SETS = ("kpis", "requires")  # lists of KPI ids: their order means nothing
_MOVES = {"needs_approval": "needs approval", "decides": "decided alone"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One change of meaning. ``section``: the file's top key; ``path``: where it stands, entries
    by their id; ``what``: the same in words; ``before`` or ``after`` is None where it was not."""

    kind: Kind
    section: str
    path: str
    what: str
    before: str | None
    after: str | None

    @property
    def words(self) -> str:
        """One line for a person: ``target of no_show_rate 6% → 5%``."""
        if self.kind == "added":
            return f"{self.what} added: {self.after}"
        if self.kind == "removed":
            return f"{self.what} removed: {self.before}"
        if self.kind == "changed":
            return f"{self.what} {self.before} → {self.after}"
        if self.kind == "moved":
            return f"{self.what} moved: {self.before} → {self.after}"
        return f"{self.what} {self.kind}: “{self.before}” → “{self.after}”"


def differences(old: Role, new: Role) -> tuple[Difference, ...]:
    """Every change of meaning from the old role to the new one, in the order of the file."""
    return tuple(_moved(list(_groups(meaning(old), meaning(new), ()))))


def differences_json(found: Sequence[Difference]) -> list[dict[str, str | None]]:
    """The ``differences`` of ``kpi role diff --format json``."""
    return [
        {"kind": each.kind, "section": each.section, "path": each.path, "what": each.what,
         "before": each.before, "after": each.after, "words": each.words}
        for each in found
    ]  # fmt: skip


def _groups(old: Mapping[str, Told], new: Mapping[str, Told], path: Path) -> Iterator[Difference]:
    for key in dict.fromkeys([*old, *new]):
        yield from _one((*path, key), old.get(key), new.get(key))


def _one(path: Path, old: Told, new: Told) -> Iterator[Difference]:
    if old == new:
        return
    if isinstance(old, list) or isinstance(new, list):
        yield from _lists(path, old, new)
    elif isinstance(old, dict | None) and isinstance(new, dict | None):
        yield from _groups(old or {}, new or {}, path)
    else:
        yield _difference(path, old, new)


def _lists(path: Path, old: list[Told] | None, new: list[Told] | None) -> Iterator[Difference]:
    if not old and not new:  # an empty list is another thing than none: nobody, and nothing said
        yield _difference(path, _nobody(old), _nobody(new))
        return
    pairs = _pairs(path, old or [], new or [])
    for before, after in pairs:
        one = after if before is None else before
        here = (*path, _name(path, one))
        if before is None or after is None:
            yield _difference(here, before, after)
        elif isinstance(before, dict) and isinstance(after, dict):
            yield from _groups(before, after, here)
        else:
            yield from _one(here, before, after)
    both = [(before, after) for before, after in pairs if before is not None and after is not None]
    place = {id(each): at for at, each in enumerate(new or [])}
    places = [place[id(after)] for _, after in both]
    of_kpis = path[-1] in _SETS and not any(isinstance(each, dict) for each, _ in both)
    if places != sorted(places) and not of_kpis:
        yield Difference(
            "reordered", path[0], ".".join(path), f"order of {called(path)}",
            _order(path, old or []), _order(path, new or []),
        )  # fmt: skip


def _nobody(listed: list[Told] | None) -> Value | None:
    return None if listed is None else Value((), "none")


def _order(path: Path, listed: Sequence[Told]) -> str:
    return "; ".join(_name(path, each) for each in listed)


def _pairs(
    path: Path, old: Sequence[Told], new: Sequence[Told]
) -> list[tuple[Told | None, Told | None]]:
    """Which entry of the new list each of the old one has become, and what is new besides."""
    named: dict[str, list[int]] = {}
    for at, each in enumerate(new):
        named.setdefault(_name(path, each), []).append(at)
    partner: dict[int, int] = {}
    for at, each in enumerate(old):
        if places := named.get(_name(path, each)):
            partner[at] = places.pop(0)
    if is_prose(path):
        gone = [at for at in range(len(old)) if at not in partner]
        come = sorted(set(range(len(new))) - set(partner.values()))
        partner |= _reworded(path, {at: old[at] for at in gone}, {at: new[at] for at in come})
    taken = set(partner.values())
    kept = [
        (each, new[partner[at]] if at in partner else None) for at, each in enumerate(old)
    ]  # fmt: skip
    return [*kept, *((None, each) for at, each in enumerate(new) if at not in taken)]


def _reworded(path: Path, gone: Mapping[int, Told], come: Mapping[int, Told]) -> dict[int, int]:
    """Which of the entries that came says nearly what one that went said. In lists longer than a
    job description has they are not looked for, as each is held against each."""
    found: dict[int, int] = {}
    if len(gone) * len(come) > _MOST_COMPARED:
        return found
    left = {at: each for at, each in come.items() if not _has_id(path, each)}
    for at, each in gone.items():
        if left and not _has_id(path, each):
            likeness = {to: _likeness(path, each, other) for to, other in left.items()}
            nearest = max(likeness, key=likeness.__getitem__)
            if likeness[nearest] >= _ALIKE:
                found[at] = nearest
                del left[nearest]
    return found


def _likeness(path: Path, one: Told, other: Told) -> float:
    """How far one entry may be the other reworded, from 0 to 1, by where both begin."""
    first, second = (_name(path, each)[:_READ] for each in (one, other))
    return SequenceMatcher(None, first, second, autojunk=False).ratio()


def _has_id(path: Path, entry: Told) -> bool:
    return isinstance(entry, dict) and _ID.get(path[-1]) in entry


def _name(path: Path, entry: Told) -> str:
    """What an entry of a list is known by: its id, or what it says."""
    if isinstance(entry, Value):
        return entry.shown
    for key in (_ID.get(path[-1]), *_SAYS):
        if key in entry:
            found: str = entry[key].shown
            return found
    return in_brief(entry)


def _difference(path: Path, old: Told, new: Told) -> Difference:
    before, after = (None if each is None else in_brief(each) for each in (old, new))
    kind: Kind = "changed"
    if before is None or after is None:
        kind = "added" if before is None else "removed"
    elif is_prose(path):
        kind = "reworded"
    return Difference(kind, path[0], ".".join(path), called(path), before, after)


def _moved(found: list[Difference]) -> Iterator[Difference]:
    """What left one list of the authority and entered the other has moved."""
    lists = {f"reporting.authority.{key}.": words for key, words in _MOVES.items()}

    def of(each: Difference) -> str | None:
        return next((words for start, words in lists.items() if each.path.startswith(start)), None)

    entered = {each.after: each for each in found if each.kind == "added" and of(each)}
    left = {each.before for each in found if each.kind == "removed" and of(each)}
    for each in found:
        if each.kind == "removed" and of(each) and each.before in entered:
            to = entered[each.before]
            yield Difference(
                "moved", each.section, to.path, f"“{each.before}”", of(each), of(to)
            )  # fmt: skip
        elif not (each.kind == "added" and of(each) and each.after in left):
            yield each
