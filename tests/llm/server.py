"""A service with OpenAI's chat interface that misbehaves on command.

Run as a process of its own: ``python tests/llm/server.py``. It prints its port, serves on
127.0.0.1 and ends when its standard input does. The first part of the path is the way it
behaves: ``http://127.0.0.1:PORT/hang/v1``. ``POST /answers`` with a list of texts fills the
queue that ``say`` speaks from, ``GET /requests`` gives (and forgets) what was asked so far.
"""

from __future__ import annotations

import contextlib
import gzip
import itertools
import json
import sys
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

LONGEST = 60.0
"""Seconds after which even a hanging answer ends: a test run must not leave threads behind."""

GOOD = "旗县党委政法委员会每月至少分析研判1次本辖区社会稳定形势[P1]。"


class State:
    """What the test told, and what was asked; shared by all connections."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.answers: list[str] = []
        self.requests: list[dict[str, Any]] = []


STATE = State()


def event(text: str | None, finish: str | None = None, **more: object) -> bytes:
    """One server-sent event with a piece of an answer."""
    delta: dict[str, object] = dict(more)
    if text is not None:
        delta["content"] = text
    chunk = {
        "id": "c",
        "object": "chat.completion.chunk",
        "created": 0,
        "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
    }
    return f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode()


DONE = event(None, "stop") + b"data: [DONE]\n\n"


def spoken(text: str, size: int = 3) -> Iterator[bytes]:
    """A whole answer in pieces of ``size`` characters."""
    yield event("", role="assistant")
    for at in range(0, len(text), size):
        yield event(text[at : at + size])
    yield DONE


def slowly(pieces: Iterator[bytes], seconds: float) -> Iterator[bytes]:
    """The same with a pause before each; for LONGEST at most."""
    end = time.monotonic() + LONGEST
    for piece in pieces:
        if time.monotonic() > end:
            return
        time.sleep(seconds)
        yield piece


def nothing() -> Iterator[bytes]:
    """Silence."""
    time.sleep(LONGEST)
    yield b""


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        with STATE.lock:
            said = json.dumps(STATE.requests).encode()
            STATE.requests.clear()
        self.plain(200, said, "application/json")

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        way = self.path.strip("/").split("/")[0]
        if way == "answers":
            with STATE.lock:
                STATE.answers[:] = json.loads(body)
            self.plain(200, b"{}", "application/json")
            return
        asked = {
            "way": way,
            "headers": {k.lower(): v for k, v in self.headers.items()},
            "body": json.loads(body),
        }
        with STATE.lock:
            STATE.requests.append(asked)
        with contextlib.suppress(OSError):  # the client hung up
            WAYS[way](self)

    # -- answers --------------------------------------------------------------------------

    def plain(self, status: int, body: bytes, kind: str, **headers: str) -> None:
        self.send_response(status)
        self.send_header("content-type", kind)
        self.send_header("content-length", str(len(body)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def stream(self, pieces: Iterator[bytes], *, whole: bool = True, **headers: str) -> None:
        """Server-sent events; without ``whole`` the connection ends in the middle."""
        self.send_response(200)
        self.send_header("content-type", "text/event-stream; charset=utf-8")
        self.send_header("transfer-encoding", "chunked")
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        for piece in pieces:
            if piece:
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                self.wfile.flush()
        if whole:
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.close_connection = True

    def error(self, status: int, **headers: str) -> None:
        body = json.dumps({"error": {"message": "no: sk-secret", "type": "x"}}).encode()
        self.plain(status, body, "application/json", **headers)

    def say(self) -> None:
        with STATE.lock:
            text = STATE.answers.pop(0) if STATE.answers else GOOD
        self.stream(spoken(text))

    def trickle_header(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for n in range(int(LONGEST * 10)):
            self.wfile.write(f"x-{n}: y\r\n".encode())
            self.wfile.flush()
            time.sleep(0.1)

    def garbage(self) -> None:
        self.wfile.write(b"\x00\xff\xfe not http at all\r\n\r\n")

    def log_message(self, format: str, *args: object) -> None:
        """Quiet."""


def _half(text: str = GOOD) -> Iterator[bytes]:
    return itertools.islice(spoken(text), 8)


def _error_event() -> Iterator[bytes]:
    yield from _half()
    yield b'data: {"error": {"message": "out of memory sk-secret", "type": "x"}}\n\n'


def _packed() -> Iterator[bytes]:
    yield gzip.compress(b"".join(spoken(GOOD)))


def _in(encoding: str) -> Iterator[bytes]:
    return (piece.decode().encode(encoding) for piece in spoken(GOOD))


def _json(handler: Handler) -> None:
    message = {"role": "assistant", "content": GOOD}
    body = {"id": "c", "object": "chat.completion", "created": 0, "model": "m",
            "choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}  # fmt: skip
    handler.plain(200, json.dumps(body).encode(), "application/json")


_HTML = b"<!doctype html><html><body><h1>It works!</h1></body></html>"

WAYS: dict[str, Callable[[Handler], None]] = {
    "say": Handler.say,
    "e401": lambda h: h.error(401),
    "e403": lambda h: h.error(403),
    "e404": lambda h: h.error(404),
    "e400": lambda h: h.error(400),
    "e429": lambda h: h.error(429, retry_after="7"),
    "e429-plain": lambda h: h.error(429),
    "e500": lambda h: h.error(500),
    "e503": lambda h: h.error(503, retry_after="9"),
    "redirect": lambda h: h.error(307, location="/say/v1/chat/completions"),
    "hang": lambda _: time.sleep(LONGEST),
    "hang-after-header": lambda h: h.stream(nothing()),
    "hang-midway": lambda h: h.stream(itertools.chain(_half(), nothing())),
    "trickle-header": Handler.trickle_header,
    "trickle-comment": lambda h: h.stream(slowly(itertools.repeat(b": still here\n\n"), 0.1)),
    "trickle-blank": lambda h: h.stream(slowly(itertools.repeat(event("")), 0.1)),
    "trickle-bytes": lambda h: h.stream(slowly(itertools.repeat(b"d"), 0.1)),
    "trickle-words": lambda h: h.stream(slowly(itertools.repeat(event("旗")), 0.1)),
    "thinking-forever": lambda h: h.stream(
        slowly(itertools.repeat(event(None, reasoning_content="hm")), 0.1)
    ),
    "bad-json": lambda h: h.stream(iter([*_half(), b'data: {"choices": [{"del\n\n'])),
    "bad-shape": lambda h: h.stream(iter([b'data: {"choices": 5}\n\n', b"data: [1]\n\n", DONE])),
    "no-sse": lambda h: h.stream(iter([b"hello\nworld\n\n"])),
    "error-event": lambda h: h.stream(_error_event()),
    "html": lambda h: h.plain(200, _HTML, "text/html"),
    "html-stream": lambda h: h.stream(iter([_HTML])),
    "json": _json,
    "nothing": lambda h: h.plain(200, b"", "text/event-stream"),
    "empty": lambda h: h.stream(spoken("")),
    "blank": lambda h: h.stream(spoken(" \n ")),
    "endless": lambda h: h.stream(itertools.repeat(event(GOOD * 4))),
    "endless-line": lambda h: h.stream(itertools.repeat(b"x" * 4096)),
    "gbk": lambda h: h.stream(_in("gbk")),
    "utf-16": lambda h: h.stream(_in("utf-16")),
    "gzip": lambda h: h.stream(_packed(), content_encoding="gzip"),
    "drop": lambda h: h.stream(_half(), whole=False),
    "no-finish": lambda h: h.stream(iter([event(GOOD)])),
    "length": lambda h: h.stream(iter([event(GOOD + "旗县党委"), event(None, "length")])),
    "filtered": lambda h: h.stream(iter([event("旗县"), event(None, "content_filter")])),
    "garbage": Handler.garbage,
}  # fmt: skip


def main() -> None:
    """Serve until standard input ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)
    sys.stdin.read()


if __name__ == "__main__":
    main()
