"""What stands before every request: closed routes, body limit, security headers.

Gradio serves routes that this page does not use and that no setting closes: ``file=http…``
fetches from the server's side, ``upload`` takes files of any size, ``proxy=``,
``component_server`` and others. So its API is an allow-list.
"""

from __future__ import annotations

import json
import re

from starlette.types import ASGIApp, Message, Receive, Scope, Send

__all__ = ["CONTENT_SECURITY_POLICY", "Guard"]

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'self'",
        # Gradio starts from inline scripts; it needs no eval as long as no gr.HTML and no
        # js= is used.
        "script-src 'self' 'unsafe-inline'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "frame-src 'none'",
    )
)

_HEADERS = (
    (b"content-security-policy", CONTENT_SECURITY_POLICY.encode()),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
_OURS = frozenset(name for name, _ in _HEADERS)

# What the page's own script calls, and nothing else.
_GRADIO_OPEN = re.compile(
    r"/gradio_api/(queue/(join|data)|run/predict/?|heartbeat/[\w-]+|cancel|reset/?|startup-events"
    r"|theme\.css|app_id/?)"
)
_CLOSED = re.compile(
    r"/(gradio_api|monitoring|login|logout|openapi\.json|pwa_icon|manifest\.json)\b"
)


class Guard:
    """ASGI middleware; see the module's docstring."""

    def __init__(self, app: ASGIApp, *, max_body_bytes: int) -> None:
        self.app = app
        self.limit = max_body_bytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] != "websocket":  # the page uses none
                await self.app(scope, receive, send)
            return
        path = scope["path"]
        if _CLOSED.match(path) and not _GRADIO_OPEN.fullmatch(path):
            await _refuse(send, 404, "no such address")
        elif _declared_length(scope) > self.limit:
            await self._too_long(send)
        else:
            await self._pass(scope, receive, send)

    async def _too_long(self, send: Send) -> None:
        await _refuse(send, 413, f"longer than {self.limit} bytes")

    async def _pass(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on, counting the body (a chunked one declares no length)."""
        received = 0
        started = refused = False

        async def counted() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            # The app sees its client leave; what it then answers is replaced below.
            return message if received <= self.limit else {"type": "http.disconnect"}

        async def guarded(message: Message) -> None:
            nonlocal started, refused
            if refused:
                return
            if message["type"] == "http.response.start":
                if received > self.limit and not started:
                    refused = True
                    await self._too_long(send)
                    return
                started = True
                kept = [(k, v) for k, v in message.get("headers", ()) if k.lower() not in _OURS]
                message = {**message, "headers": [*kept, *_HEADERS]}
            await send(message)

        try:
            await self.app(scope, counted, guarded)
        except Exception:
            if received <= self.limit or started:
                raise
        if received > self.limit and not (started or refused):
            await self._too_long(send)


def _declared_length(scope: Scope) -> int:
    for name, value in scope["headers"]:
        if name.lower() == b"content-length":
            # Servers refuse an ill-formed length before us; take it as nothing declared.
            return int(value) if value.isdigit() else 0
    return 0


async def _refuse(send: Send, status: int, error: str) -> None:
    body = json.dumps({"error": error}).encode()
    headers = [
        (b"content-type", b"application/json"),
        (b"content-length", str(len(body)).encode()),
        # The rest of a body that we do not read must not be taken for the next request.
        (b"connection", b"close"),
        *_HEADERS,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
