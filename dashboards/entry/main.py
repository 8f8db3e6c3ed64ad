"""The script that Streamlit runs.

It has a folder of its own: Streamlit takes a folder ``pages`` beside its script for pages that
run by themselves, and would run one so, with no navigation and no guard around it, for the first
visitor whose address names it.
"""

from dashboards.app import main

main()
