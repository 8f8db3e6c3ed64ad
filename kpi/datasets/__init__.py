"""The datasets: what each kind of export holds.

Each module of this package that defines ``DATASET`` is one dataset; nothing else lists them.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from kpi.datasets.model import Column, Dataset, Kind
from kpi.errors import NotFound, nearest

__all__ = ["Column", "Dataset", "Kind", "all_datasets", "dataset"]


@cache
def all_datasets() -> tuple[Dataset, ...]:
    """Every dataset, by name."""
    modules = (import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__))
    found = [module.DATASET for module in modules if hasattr(module, "DATASET")]
    return tuple(sorted(found, key=lambda each: each.name))


def dataset(name: str) -> Dataset:
    """The dataset of that name. Raises NotFound with the nearest name."""
    known = {each.name: each for each in all_datasets()}
    if name not in known:
        raise NotFound(
            f"There is no dataset '{name}'.{nearest(name, known)} Known: {', '.join(known)}."
        )
    return known[name]
