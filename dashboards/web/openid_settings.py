"""The organisation's OpenID provider, as the environment names it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from kpi.errors import InputError
from kpi.store.private_files import open_to_others

ISSUER, CLIENT_ID = "KPI_OPENID_ISSUER", "KPI_OPENID_CLIENT_ID"
SECRET, SECRET_FILE = "KPI_OPENID_CLIENT_SECRET", "KPI_OPENID_CLIENT_SECRET_FILE"
_NAMES = (ISSUER, CLIENT_ID, SECRET, SECRET_FILE)
_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})


@dataclass(frozen=True, slots=True)
class Provider:
    """``issuer``: exactly as the provider writes it in what it signs; ``client_id`` and ``secret``:
    what it knows Rolecard by."""

    issuer: str
    client_id: str
    secret: str = field(repr=False)


def provider_in(environment: Mapping[str, str]) -> Provider | None:
    """The provider that the environment names, None where it names none.

    Raises InputError for one that is named by half, an issuer that is none, and a secret's file
    that cannot be read or that others can.
    """
    found = {name: environment.get(name, "").strip() for name in _NAMES}
    if not any(found.values()):
        return None
    for name in (ISSUER, CLIENT_ID):
        if not found[name]:
            raise InputError(
                f"{name} is not set, while other KPI_OPENID settings are; docs/deploy.md says "
                "what each provider needs."
            )
    if bool(found[SECRET]) == bool(found[SECRET_FILE]):
        raise InputError(f"Set one of {SECRET_FILE} and {SECRET}, and not both.")
    if not _installed():
        raise InputError(
            "Signing in by OpenID needs packages that are not installed: pip install '.[openid]'"
        )
    secret = found[SECRET] or read_secret(Path(found[SECRET_FILE]))
    return Provider(_issuer(found[ISSUER]), found[CLIENT_ID], secret)


def read_secret(path: Path) -> str:
    """The secret that a file holds. Raises InputError for one that others may read, an empty one
    and one that is not there."""
    try:
        said = open_to_others(path)
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise InputError(f"{SECRET_FILE} names {path}, which cannot be read.") from None
    if said:
        raise InputError(said)
    if not secret:
        raise InputError(f"{SECRET_FILE} names {path}, which is empty.")
    return secret


def _installed() -> bool:
    return all(find_spec(name) is not None for name in ("authlib", "httpx2"))


def _issuer(text: str) -> str:
    parts = urlsplit(text)
    safe = parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in _THIS_MACHINE  # nothing leaves the machine
    )
    if not safe or not parts.hostname or parts.query or parts.fragment:
        raise InputError(
            f"{ISSUER} is the provider's address, as in https://login.clinic.example; '{text}' "
            "is none that is reached by HTTPS."
        )
    return text
