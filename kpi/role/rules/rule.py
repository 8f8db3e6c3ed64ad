"""What a rule is: an id, a level, what it looks for, and why."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import ClassVar, Literal, NamedTuple

from kpi.role.findings import Key, error, path_text, warning
from kpi.role.model import Finding
from kpi.role.rules.draft import Draft
from kpi.role.tree import Table, find


class Found(NamedTuple):
    """One place that breaks a rule. ``phrase``: words of the text at the path that the finding
    points at; ``instead`` takes the place of the rule's own remedy."""

    path: tuple[Key, ...]
    message: str
    instead: str = ""
    phrase: str = ""


class Rule(ABC):
    """One thing that a job description is held against. A rule knows nothing of other rules, and
    a value that is missing or wrong in itself is none of its business: the reader names that."""

    id: ClassVar[str]
    level: ClassVar[Literal["error", "warning"]] = "warning"
    section: ClassVar[str]  # the part of the page docs/role-rules.md under which it stands
    finds: ClassVar[str]  # what is wrong, for the page
    instead: ClassVar[str]  # what to write instead
    reason: ClassVar[str]  # why it matters
    needs: ClassVar[Literal["", "today", "known"]] = ""  # what it cannot do without

    @abstractmethod
    def check(self, draft: Draft) -> Iterator[Found]:
        """Every place that breaks the rule."""

    def findings(self, draft: Draft) -> Iterator[Finding]:
        """The same as findings with their lines; none where what it needs is not known."""
        if (self.needs == "today" and draft.today is None) or (
            self.needs == "known" and draft.known is None
        ):
            return
        say = error if self.level == "error" else warning
        for found in self.check(draft):
            yield say(
                self.id,
                path_text(found.path),
                draft.place(found.path, found.phrase),
                found.message,
                found.instead or self.instead,
            )


class MissingKey(Rule):
    """A rule that is broken where a key is not written under a group that is there."""

    path: ClassVar[tuple[str, ...]]

    def check(self, draft: Draft) -> Iterator[Found]:
        group = find(draft.root, self.path[:-1])
        if isinstance(group, Table) and self.path[-1] not in group.keys:
            yield Found(self.path, self.finds)
