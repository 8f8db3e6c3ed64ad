"""Where this installation keeps its database and its hash key."""

import os
from pathlib import Path


def home() -> Path:
    """The data folder: ``KPI_HOME``, else the platform's folder for a user's application data."""
    chosen = os.environ.get("KPI_HOME")
    if chosen:
        return Path(chosen)
    from platformdirs import user_data_path

    return user_data_path("rolecard", appauthor=False)


def database_url(url: str | None = None) -> str:
    """The database's URL: as given, else ``KPI_DATABASE_URL``, else a SQLite file in the home."""
    return url or os.environ.get("KPI_DATABASE_URL") or f"sqlite:///{home() / 'rolecard.db'}"
