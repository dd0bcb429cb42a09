"""What the server refuses, and the headers of what it does not."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from assistant.web.guard import Guard

LIMIT = 1000


async def _echo(request: Request) -> JSONResponse:
    return JSONResponse({"length": len(await request.body())})


@pytest.fixture
def client() -> TestClient:
    routes = [Route("/{path:path}", _echo, methods=["GET", "POST", "HEAD"])]
    return TestClient(Guard(Starlette(routes=routes), max_body_bytes=LIMIT))


@pytest.mark.parametrize(
    "path",
    [
        pytest.param("/gradio_api/file=http://example.com/x", id="file-from-outside"),
        pytest.param("/gradio_api/file=/etc/passwd", id="file-from-disk"),
        pytest.param("/gradio_api/file/etc/passwd", id="file-old-form"),
        pytest.param("/gradio_api/proxy=http://example.com", id="proxy"),
        pytest.param("/gradio_api/upload", id="upload"),
        pytest.param("/gradio_api/component_server", id="component-server"),
        pytest.param("/gradio_api/info", id="api-info"),
        pytest.param("/gradio_api/openapi.json", id="openapi"),
        pytest.param("/gradio_api/vibe-edit", id="code-editing"),
        pytest.param("/gradio_api/run-history/records", id="run-history"),
        pytest.param("/gradio_api/call/ask", id="call"),
        pytest.param("/gradio_api/queue/join/../../upload", id="dots"),
        pytest.param("/gradio_api//upload", id="double-slash"),
        pytest.param("/gradio_api/%75pload", id="percent-encoded"),
        pytest.param("/monitoring/summary", id="monitoring"),
        pytest.param("/login", id="login"),
        pytest.param("/openapi.json", id="root-openapi"),
    ],
)
def test_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404
    assert client.post(path, content=b"x").status_code == 404


@pytest.mark.parametrize(
    "path",
    ["/", "/config", "/assets/index.js", "/gradio_api/queue/join", "/gradio_api/queue/data",
     "/gradio_api/heartbeat/abc-1", "/gradio_api/run/predict", "/api/ask", "/healthz"],
)  # fmt: skip
def test_open(client: TestClient, path: str) -> None:
    assert client.post(path, content=b"x").json() == {"length": 1}


def test_headers_on_every_answer(client: TestClient) -> None:
    for response in (client.get("/"), client.get("/gradio_api/upload")):
        policy = response.headers["content-security-policy"]
        assert "default-src 'self'" in policy
        assert "unsafe-eval" not in policy
        assert "frame-ancestors 'none'" in policy
        assert response.headers["x-content-type-options"] == "nosniff"


def _pieces(count: int) -> Iterator[bytes]:
    for _ in range(count):
        yield b"x" * 100


def test_body_limit(client: TestClient) -> None:
    assert client.post("/api/ask", content=b"x" * LIMIT).json() == {"length": LIMIT}
    assert client.post("/api/ask", content=b"x" * (LIMIT + 1)).status_code == 413


def test_body_limit_without_declared_length(client: TestClient) -> None:
    assert client.post("/api/ask", content=_pieces(10)).json() == {"length": LIMIT}
    response = client.post("/api/ask", content=_pieces(11))
    assert response.status_code == 413
    assert "content-security-policy" in response.headers
