"""What is worked out once and then shown to everybody who may see it.

Nothing kept here is ever forgotten for being wrong: what it rests on is part of the key that it is
kept under, so that a change asks under another one. Who may see it is not kept, but asked each time
by whoever asks here.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Key = tuple[object, ...]
T = TypeVar("T")


class Kept(Generic[T]):
    """At most so many values, each under its key; those that were not asked for longest go first.

    Two who ask for the same at a time have it worked out once: the second waits for the first.
    What fails is not kept, and whoever waited tries it on her or his own account.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._held: OrderedDict[Key, tuple[Lock, list[T]]] = OrderedDict()
        self._lock = Lock()  # of the order; never held while something is worked out

    def get(self, key: Key, work_out: Callable[[], T]) -> T:
        """The value under a key, worked out where it is not there yet."""
        with self._lock:
            own, found = self._held.setdefault(key, (Lock(), []))
            self._held.move_to_end(key)
            if len(self._held) > self._most:
                self._held.popitem(last=False)
        with own:
            if not found:
                found.append(work_out())
            return found[0]
