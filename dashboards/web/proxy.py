"""The proxy that ends TLS in front of the server: only what comes through it is answered."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboards.web.paths import HEALTH


class BehindProxy:
    """Takes the browser's address and the scheme from the proxy, and from nobody else.

    Of the addresses that ``X-Forwarded-For`` lists the last one is what the proxy itself saw; those
    before it are what the browser claims.
    """

    def __init__(self, app: ASGIApp, proxy: str) -> None:
        self.app = app
        self.proxy = proxy

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] not in ("http", "websocket") or scope["path"] == HEALTH:
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        peer = (scope.get("client") or ("", 0))[0]
        if peer != self.proxy or headers.get("x-forwarded-proto") not in ("https", "wss"):
            if scope["type"] == "websocket":
                await send({"type": "websocket.close", "code": 1008})
                return
            refusal = PlainTextResponse("Rolecard is reached by HTTPS, through its proxy.", 403)
            await refusal(scope, receive, send)
            return
        browser = headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or peer
        scheme = "wss" if scope["type"] == "websocket" else "https"
        await self.app({**scope, "client": (browser, 0), "scheme": scheme}, receive, send)
