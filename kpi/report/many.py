"""Scorecards of many managers: rendered in two processes at once, each of which is replaced after
some, so that neither time nor memory grows beyond what a few scorecards take."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context

from kpi.report import Document, Format, Paper, file_name, render

PROCESSES = 2
_RENEWED_AFTER = 25  # scorecards; the typesetter keeps a little of each
_WORTH_IT = 8  # a process of its own takes half a second to start

Files = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """What became of one manager's document: files, name and content, or why there are none."""

    manager: str
    files: Files
    error: Exception | None = None


def render_many(
    documents: Iterable[Document], count: int, formats: Sequence[Format], paper: Paper
) -> Iterator[Rendered]:
    """Every document in every format, in their order; one that fails does not stop the rest.

    ``count``: about how many there are; a few are rendered here, without other processes. Documents
    are asked for as they are needed, a few ahead.
    """
    if count <= _WORTH_IT:
        for document in documents:
            try:
                yield Rendered(document["manager"], _files(document, formats, paper))
            except Exception as error:
                yield Rendered(document["manager"], (), error)
        return
    pool = ProcessPoolExecutor(PROCESSES, get_context("spawn"), max_tasks_per_child=_RENEWED_AFTER)
    waiting: deque[tuple[str, Future[Files]]] = deque()
    with pool:
        for document in documents:
            task = pool.submit(_files, dict(document), formats, paper)
            waiting.append((document["manager"], task))
            if len(waiting) > 2 * PROCESSES:
                yield _done(*waiting.popleft())
        while waiting:
            yield _done(*waiting.popleft())


def _files(document: Document, formats: Sequence[Format], paper: Paper) -> Files:
    return tuple((file_name(document, form), render(document, form, paper)) for form in formats)


def _done(manager: str, task: Future[Files]) -> Rendered:
    try:
        return Rendered(manager, task.result())
    except Exception as error:
        return Rendered(manager, (), error)
