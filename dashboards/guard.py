"""What a page shows instead of a result: a sentence for what a person can mend, a number else."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from dashboards import session
from dashboards.markup.text import note
from dashboards.views.answers import sentence_of
from kpi.errors import NotPermitted, RolecardError
from kpi.store.faults import note_fault


@contextmanager
def guarded() -> Iterator[None]:
    """Shows an error in place of what is drawn within; what is drawn after it stays.

    A RolecardError's sentence is for the reader; what the reader may not do goes to the trail as
    well. Anything else is a fault of the program: its traceback goes to the installation's log
    under a number that the page shows, since it may hold data.
    """
    try:
        yield
    except NotPermitted as refusal:
        session.note_refusal(refusal)
        st.html(note(sentence_of(refusal), "worse"))
    except RolecardError as error:
        st.html(note(sentence_of(error), "worse"))
    except Exception as error:  # the last line of defence, so that no traceback reaches a page
        reference = note_fault(error)
        st.html(
            note(
                "Rolecard itself failed; nothing was half done. Tell whoever looks after it the "
                f"reference {reference}: the details stand under it in the installation's log.",
                "worse",
            )
        )
