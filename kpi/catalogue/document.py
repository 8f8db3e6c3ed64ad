"""The page of the documentation on every KPI, made from the catalogue's entries.

Run by hand after a change to an entry: ``python -m kpi.catalogue.document > docs/kpis.md``. A test
compares the two.
"""

from __future__ import annotations

import sys
from itertools import groupby

from kpi.catalogue.model import Kpi
from kpi.catalogue.reading import kpis
from kpi.catalogue.words import terms

_HEAD = """\
# The KPIs

Made from the catalogue by `python -m kpi.catalogue.document > docs/kpis.md`; change an entry in \
`kpi/catalogue/` and run it, never this page. `kpi catalogue` and the page Catalogue show the same.

A value of a period is made from the sums of its months, never from an average of monthly values. \
A KPI needs complete months of everything it reads; otherwise it has no data, which is not zero.

**How to read an entry.** *Least to score* is what must be there before a value counts; under it \
the value is shown and scores nothing. *Standard* is whose definition it is, *typical* what is \
seen elsewhere: a hint for a role file, never a target that is built in. Behind a source stands \
how sure it is: *firm*, the source publishes it; *second-hand*, the figure reached us through \
others and is to be looked up before anybody quotes it; *weak*, vendors and rules of thumb say so. \
*In a manager's control* says who else decides, which is worth a talk before a target is agreed. \
*Read beside* names the KPIs that show what a good figure may have cost.

**Before pay hangs on it** (no legal advice): leave taken under the law is taken out of the \
period; nobody may work off the clock to lower overtime; pay that rises with volume, referrals or \
collections needs a lawyer first; and nobody may be worse off for reporting an injury or an \
incident.
"""


def markdown() -> str:
    """The whole page."""
    parts = [_HEAD]
    for family, entries in groupby(kpis().values(), key=lambda each: each.family):
        parts.append(f"## {family.capitalize()}\n")
        parts += [_section(entry) for entry in entries]
    return "\n".join(parts)


def _section(entry: Kpi) -> str:
    lines = [f"### {entry.name} (`{entry.id}`)\n"]
    for term, text in terms(entry):
        if term == "Meaning":
            lines.append(f"{text}\n")
        else:
            shown = f"`{text}`" if term == "Formula" else text
            lines.append(f"- **{term}:** {shown}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.stdout.write(markdown())
