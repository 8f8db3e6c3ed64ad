"""The sample's KPIs worked out a second time, in plain Python and without the program.

Nothing here imports ``kpi``: it reads the sample's CSV files through their manifest, applies the
rules of the reference as simply as can be, and adds up exactly (fractions, never floats).
"""
