"""The one script of our own: a link in a page's HTML leads to another page within the app.

Streamlit knows its own links only; any other loads the whole app anew, which takes ten times as
long. The script does what going back and forward in the browser does, which Streamlit follows by
itself, and leaves alone what is meant for a new tab. Where it does not run a link is a link still.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def ways_within() -> str:
    """The script. The pages' content policy allows it by its hash, and no other."""
    return files("dashboards.web").joinpath("ways.js").read_text("utf-8")
