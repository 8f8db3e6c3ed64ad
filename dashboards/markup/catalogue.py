"""The catalogue's list as HTML."""

from __future__ import annotations

from collections.abc import Callable

from dashboards.markup.text import block, safe
from dashboards.views.catalogue import Family


def family_block(family: Family, link: Callable[[str], str]) -> str:
    """A family's KPIs: each name leads to all about it, beside it stands what it means."""
    found = "".join(
        f'<dt><a href="{safe(link(each.id))}">{safe(each.name)}</a></dt>'
        f"<dd>{safe(each.definition)}</dd>"
        for each in family.entries
    )
    return block(f'<h2>{safe(family.name)}</h2><dl class="rc-define">{found}</dl>')
