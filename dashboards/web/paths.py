"""The addresses that are ours beside the pages, and which of Streamlit's are open."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

HEALTH = "/health"
SIGN_IN, SIGN_OUT, INVITATION = "/auth/sign-in", "/auth/sign-out", "/auth/invitation"
OPENID_START, OPENID_CALLBACK = "/auth/openid/start", "/auth/openid/callback"

_OPEN = frozenset({SIGN_IN, SIGN_OUT, INVITATION, OPENID_START, OPENID_CALLBACK, "/favicon.png"})
_OPEN_UNDER = ("/static/",)  # Streamlit's own scripts and fonts
_USED_OF_STREAMLIT = frozenset({"/_stcore/health", "/_stcore/host-config", "/_stcore/stream"})
_UPLOADING = "/_stcore/upload_file/"
# What Streamlit serves besides and nobody here needs: metrics, its interface for programs, its own
# sign-in, other people's components.
_CLOSED = frozenset({"/auth/login", "/auth/logout", "/oauth2callback"})
_CLOSED_UNDER = ("/_stcore/", "/component/")


def is_open(path: str) -> bool:
    """Whether a path is for everybody: the way to sign in, and what holds no data."""
    return path in _OPEN or path.startswith(_OPEN_UNDER)


def is_closed(path: str) -> bool:
    """Whether a path of Streamlit's is for nobody."""
    if path in _USED_OF_STREAMLIT or path.startswith(_UPLOADING):
        return False
    return path in _CLOSED or path.startswith(_CLOSED_UNDER)


def is_page(path: str) -> bool:
    """Whether a path is one that people open, and not what a page fetches."""
    return not path.startswith(("/_stcore/", "/media/"))


def to_sign_in(wanted: str) -> str:
    """The way to the sign-in, and back to what was wanted."""
    return _with_next(SIGN_IN, wanted)


def to_openid(wanted: str) -> str:
    """The way to the organisation's sign-in, and back to what was wanted."""
    return _with_next(OPENID_START, wanted)


def _with_next(path: str, wanted: str) -> str:
    return path if wanted == "/" else f"{path}?{urlencode({'next': wanted})}"


def own_path(text: str) -> str:
    """A path of ours to go on to, ``/`` for anything else: never another site, never a sign-in."""
    fits = text.startswith("/") and text.isprintable() and "\\" not in text and len(text) <= 2000
    if not fits or text.startswith(("//", "/auth/")):
        return "/"
    parts = urlsplit(text)
    return "/" if parts.scheme or parts.netloc else text
