"""Security headers of every answer, as far as Streamlit's pages allow."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from importlib.resources import files

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboards.web.serving import serving
from dashboards.web.ways import ways_within

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers would leave the origin out of our own forms.
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
_A_YEAR = "max-age=31536000"
_INLINE_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)


class Headers:
    """Adds the headers to what the app answers; a route's own content policy stays."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _secure(MutableHeaders(scope=message), scope["path"])
            await send(message)

        await self.app(scope, receive, answer)


def _secure(headers: MutableHeaders, path: str) -> None:
    for name, value in _ALWAYS.items():
        headers[name] = value
    headers.setdefault("Content-Security-Policy", pages_policy())
    if path.startswith(("/media/", "/auth/")):  # downloads hold rows
        headers["Cache-Control"] = "no-store"
    if serving().tls:
        headers["Strict-Transport-Security"] = _A_YEAR
        cookies = headers.getlist("set-cookie")
        if cookies:  # Streamlit's own do not say so
            del headers["set-cookie"]
            for each in cookies:
                headers.append(
                    "set-cookie", each if "secure" in each.lower() else each + "; Secure"
                )


@cache
def pages_policy() -> str:
    """The content policy of Streamlit's pages.

    They set styles from scripts, so styles cannot be narrowed; scripts come from this server only,
    and of inline ones only Streamlit's own and ours, by their hashes.
    """
    index = files("streamlit").joinpath("static", "index.html").read_text(encoding="utf-8")
    scripts = [*_INLINE_SCRIPT.findall(index), ways_within()]
    inline = " ".join(hash_of(script) for script in scripts)
    return policy(
        f"script-src 'self' {inline}",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "form-action 'self'",
    )


def policy(*rules: str) -> str:
    """A content policy that allows what the rules say and nothing else."""
    return "; ".join(
        ("default-src 'none'", *rules, "manifest-src 'self'", "base-uri 'none'",
         "frame-ancestors 'none'")
    )  # fmt: skip


def hash_of(inline: str) -> str:
    """How a policy names an inline script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(inline.encode()).digest()).decode()}'"
