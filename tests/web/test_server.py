"""The application as a client meets it."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from assistant.answer import Assistant, load_assistant
from assistant.config import load_settings
from assistant.web.readiness import Readiness, State
from assistant.web.server import create_app

LOCAL = "http://localhost"


@pytest.fixture(scope="module")
def assistant() -> Assistant:
    return load_assistant(warm=False)


@pytest.fixture(scope="module")
def readiness() -> Readiness:
    return Readiness()


@pytest.fixture(scope="module")
def client(assistant: Assistant, readiness: Readiness) -> Iterator[TestClient]:
    settings = load_settings(max_question_chars=100, max_text_chars=1000, max_body_bytes=20_000)
    app = create_app(assistant, assistant.knowledge, settings, readiness)
    with TestClient(app, base_url=LOCAL, raise_server_exceptions=False) as client:
        yield client


def test_the_page_names_no_other_origin(client: TestClient) -> None:
    response = client.get("/")
    assert response.status_code == 200
    assert "default-src 'self'" in response.headers["content-security-policy"]
    config = client.get("/config").json()
    for place in ("head", "css"):
        assert "http" not in (config[place] or "").replace("http://www.w3.org", "")
    assert config["analytics_enabled"] is False
    assert config["show_error"] is False
    assert config["footer_links"] == []
    assert not config["run_history"]


def test_no_action_of_the_page_is_a_public_api(client: TestClient) -> None:
    config = client.get("/config").json()
    assert {d["api_visibility"] for d in config["dependencies"]} == {"private"}


def test_other_origins_get_no_leave(client: TestClient) -> None:
    response = client.get("/config", headers={"origin": "http://elsewhere.example"})
    assert "access-control-allow-origin" not in response.headers
    asked = {"origin": "http://elsewhere.example", "access-control-request-method": "POST"}
    assert client.options("/api/ask", headers=asked).status_code == 400


def test_unknown_host_names_are_refused(client: TestClient) -> None:
    assert client.get("/", headers={"host": "elsewhere.example"}).status_code == 400
    assert client.get("/healthz", headers={"host": "127.0.0.1:7860"}).status_code == 200


def test_files_and_uploads_are_closed(client: TestClient) -> None:
    assert client.get("/gradio_api/file=http://localhost/healthz").status_code == 404
    assert client.get("/gradio_api/file=/etc/hostname").status_code == 404
    assert client.post("/gradio_api/upload", files={"files": b"x"}).status_code == 404
    for path in ("/docs", "/redoc", "/openapi.json"):
        assert client.get(path).status_code == 404


def test_ask(client: TestClient) -> None:
    body = {"id": "q1", "question": "旗县政法委多久研判一次社会稳定形势？"}
    answer = client.post("/api/ask", json=body).json()
    assert answer["id"] == "q1"
    assert "每月至少1次" in answer["headline"]
    assert answer["citations"][0]["id"] == "nmg-zhengfa/art_17/para_1"
    assert answer["abstained"] is False
    follow_up = {"question": "那盟市呢？", "history": [body["question"]]}
    assert "每季度" in client.post("/api/ask", json=follow_up).json()["headline"]


def test_ask_answers_as_the_command_does(client: TestClient, assistant: Assistant) -> None:
    question = "请示重大事项要提前多久？"
    over_http = client.post("/api/ask", json={"id": "x", "question": question}).json()
    direct = json.loads(json.dumps(assistant.ask(question).to_json("x")))
    assert {**over_http, "elapsed_ms": 0} == {**direct, "elapsed_ms": 0}


def test_lookup(client: TestClient) -> None:
    found = client.post("/api/lookup", json={"id": 7, "citation": "三十条一款"}).json()
    assert (found["id"], found["found"]) == (7, True)
    assert found["provisions"][0]["id"] == "nmg-zhengfa/art_30/para_1"
    missing = client.post("/api/lookup", json={"citation": "第四十八条"}).json()
    assert (missing["found"], missing["provisions"]) == (False, [])
    assert "共47条" in missing["message"]


def test_check(client: TestClient) -> None:
    text = "旗县党委政法委员会每季度至少分析研判1次本辖区社会稳定形势。"
    result = client.post("/api/check", json={"id": "c", "text": text}).json()
    assert (result["id"], result["verdict"]) == ("c", "contradicted")


@pytest.mark.parametrize(
    ("path", "body", "says"),
    [
        pytest.param("/api/ask", b"{", "JSON", id="not-json"),
        pytest.param("/api/ask", b"[]", "dictionary", id="not-an-object"),
        pytest.param("/api/ask", b"{}", "question", id="no-question"),
        pytest.param("/api/ask", b'{"question": 5}', "question", id="number"),
        pytest.param("/api/ask", b'{"question": " "}', "is empty", id="empty"),
        pytest.param("/api/ask", b'{"question": "x", "history": "y"}', "history", id="history"),
        pytest.param("/api/ask", b'{"question": "x", "lang": "fr"}', "lang", id="language"),
        pytest.param("/api/lookup", b'{"citation": null}', "citation", id="no-citation"),
        pytest.param("/api/check", b"[" * 9000, "", id="deeply-nested"),
    ],
)
def test_bad_input(client: TestClient, path: str, body: bytes, says: str) -> None:
    response = client.post(path, content=body, headers={"content-type": "application/json"})
    assert response.status_code in (400, 422)
    assert says in response.json()["error"]
    assert "Traceback" not in response.text


def test_limits(client: TestClient) -> None:
    response = client.post("/api/ask", json={"question": "长" * 101})
    assert response.status_code == 422
    assert "longer than 100" in response.json()["error"]
    assert client.post("/api/check", json={"text": "长" * 1001}).status_code == 422
    assert client.post("/api/check", json={"text": "长" * 30_000}).status_code == 413


def test_lone_surrogate(client: TestClient) -> None:
    body = b'{"id": "\\ud800", "question": "\\udfff \\u7b2c\\u4e09\\u5341\\u6761"}'
    response = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert response.status_code == 200
    response.json()


def test_health(client: TestClient, readiness: Readiness) -> None:
    assert client.get("/healthz").json() == {"status": "alive"}
    assert client.get("/readyz").status_code == 503
    readiness.start(lambda: "no index").join()
    assert client.get("/readyz").json() == {"status": "degraded", "why": "no index"}
    readiness.start(lambda: None).join()
    assert readiness.state is State.READY
    assert client.get("/readyz").json()["status"] == "ready"


_OFFLINE = """
import socket, sys
looked_up = []
def refuse(host, *rest, **more):
    looked_up.append(host)
    raise OSError("no network here")
socket.getaddrinfo = refuse
from fastapi.testclient import TestClient
from assistant.answer import load_assistant
from assistant.config import load_settings
from assistant.web.readiness import Readiness
from assistant.web.server import create_app
assistant = load_assistant(warm=False)
app = create_app(assistant, assistant.knowledge, load_settings(), Readiness())
with TestClient(app, base_url="http://localhost") as client:
    assert client.get("/").status_code == 200
print(looked_up)
"""


def test_start_resolves_no_name() -> None:
    done = subprocess.run(
        [sys.executable, "-c", _OFFLINE], capture_output=True, text=True, timeout=120, check=False
    )
    assert done.stdout.strip() == "[]", done.stderr
