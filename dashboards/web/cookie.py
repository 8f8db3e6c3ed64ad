"""The cookie that holds a session's secret, and nothing else.

``HttpOnly``: no script reads it. ``SameSite=Lax``: another site's form does not send it, while a
link in a mail leads in. Behind TLS it is ``Secure`` under a ``__Host-`` name, which browsers take
from this host only, so that no neighbour under the same domain can put in a cookie of its own.
"""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import Response

from dashboards.web.serving import serving


def name() -> str:
    """The cookie's name, as this server was started."""
    return "__Host-rolecard" if serving().tls else "rolecard"


def secret_in(cookies: Mapping[str, str]) -> str | None:
    """The session's secret among a browser's cookies."""
    return cookies.get(name())


def give(response: Response, secret: str) -> None:
    """Hands a session's secret to the browser, until it is closed or the session ends."""
    response.set_cookie(
        name(), secret, path="/", secure=serving().tls, httponly=True, samesite="lax"
    )


def take_back(response: Response) -> None:
    """Takes the cookie away."""
    response.delete_cookie(name(), path="/", secure=serving().tls, httponly=True, samesite="lax")
