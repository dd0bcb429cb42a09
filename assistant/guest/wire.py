"""An HTTP transport that can be cut from another thread and has an end.

A timeout of httpx counts from one byte to the next, so a server that trickles bytes, even
within the header, holds a reader for ever. :meth:`Wire.cut` shuts the sockets down, which
wakes the reader at once; a limit of bytes ends what never ends by itself.
"""

from __future__ import annotations

import contextlib
import functools
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping
from typing import Any

import httpx

__all__ = ["Wire"]


@functools.cache
def _verified() -> ssl.SSLContext:
    """Reading the certificates takes 20 ms: once is enough."""
    return httpx.create_ssl_context()


class Wire(httpx.BaseTransport):
    """One request's way to the service."""

    def __init__(self, most_bytes: int, *, key: str, encrypted: bool) -> None:
        self._most = most_bytes
        self._key = key
        self._inner = httpx.HTTPTransport(verify=_verified() if encrypted else False)
        self._lock = threading.Lock()
        self._sockets: list[socket.socket] = []
        self._is_cut = False
        self.overflowed = False
        """Whether the answer was longer than allowed."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """As httpx asks of a transport."""
        request.extensions = {**request.extensions, "trace": self._trace}
        # Put in here, the key is known to no object that may be logged.
        request.headers.pop("authorization", None)
        if self._key:
            request.headers["authorization"] = f"Bearer {self._key}"
        response = self._inner.handle_request(request)
        if response.headers.get("content-encoding", "identity").lower() != "identity":
            response.close()  # it was not asked for, and a few bytes can unpack to gigabytes
            raise httpx.DecodingError("a packed answer", request=request)
        assert isinstance(response.stream, httpx.SyncByteStream)
        return httpx.Response(
            response.status_code,
            headers=response.headers,
            stream=_Counted(response.stream, self),
            extensions=response.extensions,
        )

    def cut(self) -> None:
        """End every connection now; whoever reads from one gets an error."""
        with self._lock:
            self._is_cut = True
            for connection in self._sockets:
                _shut(connection)

    def close(self) -> None:
        """As httpx asks of a transport."""
        self._inner.close()

    def _trace(self, event: str, info: Mapping[str, Any]) -> None:
        """httpcore tells of each step; a new connection is remembered."""
        if event not in ("connection.connect_tcp.complete", "connection.start_tls.complete"):
            return
        connection = info["return_value"].get_extra_info("socket")
        with self._lock:
            self._sockets.append(connection)
            if self._is_cut:
                _shut(connection)

    def _counted(self, size: int) -> int:
        if size > self._most:
            self.overflowed = True
            raise httpx.ReadError(f"more than {self._most} bytes")
        if self._is_cut:  # what has been received already is not wanted either
            raise httpx.ReadError("cut")
        return size


class _Counted(httpx.SyncByteStream):
    def __init__(self, stream: httpx.SyncByteStream, wire: Wire) -> None:
        self._stream = stream
        self._wire = wire

    def __iter__(self) -> Iterator[bytes]:
        size = 0
        for chunk in self._stream:
            size = self._wire._counted(size + len(chunk))
            yield chunk

    def close(self) -> None:
        self._stream.close()


def _shut(connection: socket.socket) -> None:
    with contextlib.suppress(OSError, ValueError):  # gone already
        connection.shutdown(socket.SHUT_RDWR)
