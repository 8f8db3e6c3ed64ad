"""Who is to deliver the files of each dataset."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboards.forms.results import say
from dashboards.frame import Here
from dashboards.guard import guarded
from dashboards.views.words import name_of
from kpi.review.basis.deliveries import set_deliverer


def draw(here: Here, datasets: Sequence[str], named: Mapping[str, str]) -> None:
    """The form that names a dataset's deliverer, or nobody."""
    with st.expander("Say who delivers a dataset"), guarded():
        left, right = st.columns(2)
        dataset = left.selectbox("Dataset", datasets, format_func=name_of, key="deliver_dataset")
        who = right.text_input(
            "Who delivers it", value=named.get(dataset, ""), key=f"deliver_who_{dataset}",
            max_chars=200, help="A person, a role or a company; empty for nobody.",
        )  # fmt: skip
        if st.button("Save", key="deliver_set"):
            set_deliverer(
                here.engine, here.session.now(), here.assignment.practice.id, dataset, who or None
            )
            say(f"{name_of(dataset)}: {who.strip() or 'nobody named'}.")
