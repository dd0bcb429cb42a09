"""The line to the model: a stream of text within its time, or a :class:`GuestError`.

LlamaIndex speaks to the service (any that has OpenAI's chat interface); it is imported with
the first call. It runs in a thread of its own, so that time limits hold whatever the network
does; :meth:`Client.stream` waits for its pieces no longer than it may.
"""

from __future__ import annotations

import contextlib
import email.utils
import json
import queue
import threading
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, Protocol

from assistant.guest.faults import Fault, GuestError
from assistant.guest.settings import GuestSettings

if TYPE_CHECKING:
    from httpx import BaseTransport
    from llama_index.core.base.llms.types import ChatResponse

    from assistant.guest.wire import Wire

__all__ = ["Client", "Message", "Model"]

_BYTES: Final = 500
"""On the wire for one token: each comes in about 250 bytes of JSON."""
_CONNECT: Final = 5.0


@dataclass(frozen=True, slots=True)
class Message:
    """One turn of the prompt."""

    role: Literal["system", "user", "assistant"]
    text: str


class Model(Protocol):
    """What the host needs of a model."""

    def stream(self, messages: Sequence[Message], seconds: float) -> Generator[str, None, None]:
        """The answer piece by piece, whole within ``seconds``; GuestError otherwise.

        When it ends by itself it has given the whole answer.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Piece:
    text: str


@dataclass(frozen=True, slots=True)
class _End:
    why: str | None
    """As the service says: stop, length, …; None when it just stopped sending."""


class Client:
    """A service with OpenAI's chat interface."""

    def __init__(self, settings: GuestSettings) -> None:
        self._settings = settings

    def prepare(self) -> None:
        """Rehearse a call with nobody at the other end: the libraries that the first call
        would load take 3 s."""
        import httpx  # noqa: PLC0415

        nobody = httpx.MockTransport(lambda _: httpx.Response(503))
        with contextlib.suppress(Exception):
            list(self._responses((Message("user", ""),), nobody))
        httpx.HTTPTransport().close()

    def stream(self, messages: Sequence[Message], seconds: float) -> Generator[str, None, None]:
        """As :class:`Model` says."""
        from assistant.guest.wire import Wire  # noqa: PLC0415  (httpx takes 0.1 s)

        deadline = time.monotonic() + seconds
        encrypted = self._settings.url.startswith("https:")
        most = max(1_000_000, _BYTES * self._settings.tokens)
        wire = Wire(most, key=self._settings.key, encrypted=encrypted)
        box: queue.SimpleQueue[_Piece | _End | GuestError] = queue.SimpleQueue()
        threading.Thread(
            target=self._pump, args=(tuple(messages), wire, box), name="guest", daemon=True
        ).start()
        said = False
        try:
            while True:
                match self._next(box, deadline):
                    case _Piece(text):
                        said = said or bool(text.strip())
                        yield text
                    case _End(why):
                        _complete(why, said)
                        return
                    case GuestError() as error:
                        raise error
        finally:
            wire.cut()

    def _next(
        self, box: queue.SimpleQueue[_Piece | _End | GuestError], deadline: float
    ) -> _Piece | _End | GuestError:
        left = deadline - time.monotonic()
        try:
            if left > 0:
                return box.get(timeout=min(left, self._settings.silence))
        except queue.Empty:
            if left > self._settings.silence:
                return GuestError(Fault.SILENT)
        return GuestError(Fault.LATE)

    def _pump(
        self,
        messages: Sequence[Message],
        wire: Wire,
        box: queue.SimpleQueue[_Piece | _End | GuestError],
    ) -> None:
        """Read the answer into ``box``. Whatever is raised in here ends as a fault."""
        try:
            why: str | None = None
            for response in self._responses(messages, wire):
                why = _finish(response) or why
                if response.delta or response.additional_kwargs.get("thinking_delta"):
                    box.put(_Piece(response.delta or ""))  # thinking is a sign of life
            box.put(_End(why))
        except Exception as error:
            box.put(GuestError(Fault.ENDLESS) if wire.overflowed else _fault(error))
        finally:
            wire.close()

    def _responses(
        self, messages: Sequence[Message], transport: BaseTransport
    ) -> Iterator[ChatResponse]:
        import httpx  # noqa: PLC0415
        from llama_index.core.base.llms.types import ChatMessage  # noqa: PLC0415
        from llama_index.llms.openai_like import OpenAILike  # noqa: PLC0415

        own = self._settings
        connect = min(_CONNECT, own.silence)
        model = OpenAILike(
            model=own.model,
            api_base=own.url,
            api_key="none",  # shown in every repr; the wire has the real one
            temperature=own.temperature,
            max_tokens=own.tokens,
            is_chat_model=True,
            max_retries=0,
            timeout=own.silence,
            default_headers={"Accept-Encoding": "identity"},
            http_client=httpx.Client(
                transport=transport,
                timeout=httpx.Timeout(own.silence, connect=connect),
                follow_redirects=False,  # the key goes where the settings say, nowhere else
                trust_env=False,
            ),
        )
        yield from model.stream_chat([ChatMessage(role=m.role, content=m.text) for m in messages])


def _complete(why: str | None, said: bool) -> None:
    """An end is an answer only if the service says so and there was a word."""
    if not said:
        raise GuestError(Fault.EMPTY)
    if why is None:
        raise GuestError(Fault.BROKEN)
    if why == "length":
        raise GuestError(Fault.ENDLESS)
    if why not in ("stop", "eos"):
        raise GuestError(Fault.MALFORMED, detail="content filter or tool call")


def _finish(response: ChatResponse) -> str | None:
    choices = getattr(response.raw, "choices", None) or ()
    return next((c.finish_reason for c in choices if c.finish_reason), None)


def _fault(error: Exception) -> GuestError:
    """The fault behind an exception of the client library."""
    import httpx  # noqa: PLC0415
    import openai  # noqa: PLC0415

    if isinstance(error, openai.APIStatusError):
        return _status(error.status_code, error.response.headers.get("retry-after"))
    if isinstance(error, openai.APITimeoutError | httpx.TimeoutException):
        return GuestError(Fault.SILENT)
    cause = error.__cause__ if isinstance(error, openai.APIConnectionError) else error
    if isinstance(cause, httpx.DecodingError | UnicodeError | json.JSONDecodeError):
        return GuestError(Fault.MALFORMED)
    if isinstance(cause, httpx.ConnectError | httpx.UnsupportedProtocol):
        return GuestError(Fault.UNREACHABLE)
    if isinstance(cause, httpx.TransportError):
        return GuestError(Fault.BROKEN)
    return GuestError(Fault.MALFORMED, detail=type(error).__name__)


def _status(status: int, retry_after: str | None) -> GuestError:
    again = _seconds(retry_after)
    if status in (401, 403):
        return GuestError(Fault.KEY)
    if status == 429 or (status == 503 and again is not None):
        return GuestError(Fault.BUSY, again)
    if status >= 500:
        return GuestError(Fault.SERVER)
    return GuestError(Fault.REQUEST, detail=f"status {status}")


def _seconds(retry_after: str | None) -> float | None:
    """``Retry-After``: a number of seconds or a date; None when it is neither.

    >>> _seconds("20"), _seconds("soon"), _seconds(None)
    (20.0, None, None)
    >>> _seconds("Wed, 21 Oct 2015 07:28:00 GMT")
    0.0
    """
    if retry_after is None:
        return None
    try:
        return max(0.0, float(int(retry_after)))
    except ValueError:
        pass
    try:
        when = email.utils.parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, when.timestamp() - time.time())
