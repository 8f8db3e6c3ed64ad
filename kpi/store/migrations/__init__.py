"""Alembic's migrations, run by ``kpi init``."""
