"""Against a real service that misbehaves: the rules answer within the time limit, and say why."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Iterator

import pytest

from assistant.answer import Assistant
from assistant.guest.client import Client, Message
from assistant.guest.events import Done, Notice
from assistant.guest.faults import Fault
from assistant.guest.host import Guest
from assistant.guest.notices import notice
from assistant.guest.settings import GuestSettings
from assistant.knowledge import Knowledge
from assistant.question import Language
from tests.llm.running import Service, running_service

ASKED = "旗县政法委多久研判一次社会稳定形势？"
KEY = "sk-very-secret"
TIMEOUT, SILENCE = 1.6, 0.8
ROOM = 1.2
"""Seconds that a busy machine may add."""


@pytest.fixture(scope="module")
def service() -> Iterator[Service]:
    with running_service() as running:
        Client(GuestSettings("http://127.0.0.1:9/v1")).prepare()
        yield running


def _hosting(url: str, knowledge: Knowledge, plain: Assistant, **limits: float) -> Assistant:
    settings = GuestSettings(
        url, key=KEY, timeout=limits.get("timeout", TIMEOUT), silence=limits.get("silence", SILENCE)
    )
    return Assistant(knowledge, plain.ranker, Guest(knowledge, Client(settings), settings))


def _guests() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name == "guest"]


@pytest.mark.parametrize(
    ("way", "fault"),
    [
        pytest.param("e401", Fault.KEY, id="401"),
        pytest.param("e403", Fault.KEY, id="403"),
        pytest.param("e400", Fault.REQUEST, id="400"),
        pytest.param("e404", Fault.REQUEST, id="404"),
        pytest.param("redirect", Fault.REQUEST, id="redirect"),
        pytest.param("e429", Fault.BUSY, id="429"),
        pytest.param("e429-plain", Fault.BUSY, id="429-without-a-time"),
        pytest.param("e500", Fault.SERVER, id="500"),
        pytest.param("e503", Fault.BUSY, id="503-with-a-time"),
        pytest.param("hang", Fault.SILENT, id="silence-before"),
        pytest.param("hang-after-header", Fault.SILENT, id="silence-after-the-header"),
        pytest.param("hang-midway", Fault.SILENT, id="silence-midway"),
        pytest.param("trickle-header", Fault.SILENT, id="header-byte-by-byte"),
        pytest.param("trickle-comment", Fault.SILENT, id="comments-only"),
        pytest.param("trickle-blank", Fault.SILENT, id="empty-pieces-only"),
        pytest.param("trickle-bytes", Fault.SILENT, id="half-a-line-for-ever"),
        pytest.param("trickle-words", Fault.LATE, id="a-word-now-and-then"),
        pytest.param("thinking-forever", Fault.LATE, id="thinking-for-ever"),
        pytest.param("bad-json", Fault.MALFORMED, id="broken-json"),
        pytest.param("bad-shape", Fault.MALFORMED, id="another-shape"),
        pytest.param("error-event", Fault.MALFORMED, id="error-midway"),
        pytest.param("gbk", Fault.MALFORMED, id="gbk"),
        pytest.param("utf-16", Fault.MALFORMED, id="utf-16"),
        pytest.param("gzip", Fault.MALFORMED, id="packed"),
        pytest.param("filtered", Fault.MALFORMED, id="content-filter"),
        pytest.param("no-sse", Fault.EMPTY, id="no-events"),
        pytest.param("html", Fault.EMPTY, id="html"),
        pytest.param("html-stream", Fault.EMPTY, id="html-as-a-stream"),
        pytest.param("json", Fault.EMPTY, id="no-stream"),
        pytest.param("nothing", Fault.EMPTY, id="no-bytes"),
        pytest.param("empty", Fault.EMPTY, id="no-words"),
        pytest.param("blank", Fault.EMPTY, id="blanks"),
        pytest.param("endless", Fault.ENDLESS, id="no-end"),
        pytest.param("length", Fault.ENDLESS, id="cut-at-its-length"),
        pytest.param("drop", Fault.BROKEN, id="hung-up"),
        pytest.param("no-finish", Fault.BROKEN, id="no-finish"),
        pytest.param("garbage", Fault.BROKEN, id="no-http"),
    ],
)
def test_the_rules_answer_in_time_and_say_why(
    way: str,
    fault: Fault,
    service: Service,
    knowledge: Knowledge,
    lexical_assistant: Assistant,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    plain = lexical_assistant.ask(ASKED)
    hosting = _hosting(service.url(way), knowledge, lexical_assistant)
    started = time.perf_counter()
    *events, done = hosting.stream(ASKED)
    took = time.perf_counter() - started
    assert isinstance(done, Done)
    assert took < TIMEOUT + ROOM
    assert (done.answer.body, done.answer.generator) == (plain.body, "rules")
    assert done.answer.notices[0] == notice(fault, Language.HANS)
    assert [e.text for e in events if isinstance(e, Notice)] == [notice(fault, Language.HANS)]
    told = f"{caplog.text} {done.answer.to_json()} {events} {done.answer.trace}"
    assert KEY not in told
    assert "sk-secret" not in told  # what the service itself says
    _wait_for_no_guest()


def _wait_for_no_guest() -> None:
    """The reading thread ends at once, whatever the service does."""
    end = time.monotonic() + 5
    while _guests() and time.monotonic() < end:
        time.sleep(0.02)
    assert _guests() == []


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://127.0.0.1:9/v1", id="connection-refused"),
        pytest.param("http://no-such-host.invalid/v1", id="unknown-host"),
        pytest.param("https://127.0.0.1:9/v1", id="refused-with-tls"),
    ],
)
def test_nobody_there(url: str, knowledge: Knowledge, lexical_assistant: Assistant) -> None:
    answer = _hosting(url, knowledge, lexical_assistant, timeout=10, silence=5).ask(ASKED)
    assert answer.notices[0] == notice(Fault.UNREACHABLE, Language.HANS)
    assert answer.generator == "rules"


def test_a_service_that_behaves(
    service: Service, knowledge: Knowledge, lexical_assistant: Assistant
) -> None:
    service.requests()
    service.say("旗县党委政法委员会每季度至少分析研判1次本辖区社会稳定形势[P1]。",
                "旗县党委政法委员会每月至少分析研判1次本辖区社会稳定形势[P1]。")  # fmt: skip
    hosting = _hosting(service.url("say"), knowledge, lexical_assistant, timeout=20, silence=10)
    answer = hosting.ask(ASKED)
    assert answer.generator == "llm"
    first, repair = service.requests()
    assert first["headers"]["authorization"] == f"Bearer {KEY}"
    assert first["body"]["stream"] is True
    assert first["body"]["temperature"] == 0.0
    assert first["body"]["model"] == "default"
    assert [m["role"] for m in first["body"]["messages"]] == ["system", "user"]
    assert [m["role"] for m in repair["body"]["messages"]] == [
        "system",
        "user",
        "assistant",
        "user",
    ]
    assert KEY not in str(first["body"])


def test_after_failures_in_a_row_the_service_is_left_alone(
    service: Service, knowledge: Knowledge, lexical_assistant: Assistant
) -> None:
    service.requests()
    hosting = _hosting(service.url("e500"), knowledge, lexical_assistant)
    told = [hosting.ask(ASKED).notices[0] for _ in range(8)]
    assert len(service.requests()) == 3
    assert told[:3] == [notice(Fault.SERVER, Language.HANS)] * 3
    assert told[3:] == [notice(Fault.PAUSED, Language.HANS)] * 5


def test_a_service_that_asks_for_a_pause_gets_it(
    service: Service, knowledge: Knowledge, lexical_assistant: Assistant
) -> None:
    service.requests()
    hosting = _hosting(service.url("e429"), knowledge, lexical_assistant)
    told = [hosting.ask(ASKED).notices[0] for _ in range(3)]
    assert len(service.requests()) == 1
    assert told[1:] == [notice(Fault.PAUSED, Language.HANS)] * 2


def test_many_ask_at_once_while_the_service_hangs(
    service: Service, knowledge: Knowledge, lexical_assistant: Assistant
) -> None:
    hosting = _hosting(service.url("hang"), knowledge, lexical_assistant)
    answers: list[str] = []
    threads = [
        threading.Thread(target=lambda: answers.append(hosting.ask(ASKED).generator))
        for _ in range(8)
    ]
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert answers == ["rules"] * 8
    assert time.perf_counter() - started < TIMEOUT + 3 * ROOM
    _wait_for_no_guest()


def test_whoever_stops_listening_stops_the_stream(service: Service) -> None:
    client = Client(GuestSettings(service.url("trickle-words"), silence=5))
    stream = client.stream([Message("user", "x")], 30)
    assert next(piece for piece in stream if piece) == "旗"
    stream.close()
    _wait_for_no_guest()
