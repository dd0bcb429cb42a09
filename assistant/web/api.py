"""REST: the commands' JSON over HTTP. Thin: the functions are those of the command line."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field
from starlette.exceptions import HTTPException

from assistant.check import check
from assistant.config import Settings
from assistant.knowledge import Knowledge
from assistant.lookup import lookup
from assistant.web.readiness import Answerer, Readiness, State
from index.errors import InputError

__all__ = ["api_router", "install_error_handlers"]

Id = str | int | None


class _Body(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True)

    id: Id = None


class AskBody(_Body):
    """A question."""

    question: str
    history: Annotated[list[str], Field(max_length=50)] = []
    lang: Literal["auto", "zh-Hans", "zh-Hant", "en"] = "auto"


class LookupBody(_Body):
    """A citation."""

    citation: Annotated[str, Field(max_length=500)]


class CheckBody(_Body):
    """A text to check."""

    text: str


class _JSON(JSONResponse):
    """JSON in which a lone surrogate from a request does not break the response."""

    def render(self, content: Any) -> bytes:
        return super().render(_clean(content))


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {key: _clean(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_clean(item) for item in value]
    return value


def api_router(
    answerer: Answerer, knowledge: Knowledge, settings: Settings, readiness: Readiness
) -> APIRouter:
    """The routes. They are plain functions, so the server runs them on its worker threads."""
    router = APIRouter(default_response_class=_JSON)

    @router.post("/api/ask")
    def ask(body: AskBody) -> Any:
        limit = settings.max_question_chars
        _within("question", [body.question, *body.history], limit)
        if not body.question.strip():
            raise InputError("question", "is empty", "write one")
        answer = answerer.ask(body.question, body.history, body.lang)
        return _JSON({**answer.to_json(), "id": body.id})

    @router.post("/api/lookup")
    def look_up(body: LookupBody) -> Any:
        return _JSON({"id": body.id, **lookup(body.citation, knowledge.regulation).to_json()})

    @router.post("/api/check")
    def check_text(body: CheckBody) -> Any:
        _within("text", [body.text], settings.max_text_chars)
        return _JSON({"id": body.id, **check(body.text, knowledge).to_json()})

    @router.get("/healthz")
    def alive() -> dict[str, str]:
        return {"status": "alive"}

    @router.get("/readyz")
    def ready() -> JSONResponse:
        # Degraded is ready: rules and lexical search answer.
        status = 503 if readiness.state is State.LOADING else 200
        return _JSON({"status": readiness.state, "why": readiness.why or None}, status)

    return router


def _within(name: str, texts: list[str], limit: int) -> None:
    if any(len(text) > limit for text in texts):
        raise InputError(name, f"is longer than {limit} characters", "shorten it")


def install_error_handlers(app: FastAPI) -> None:
    """Errors as ``{"error": "what, where, how to mend"}``, without a stack trace."""

    @app.exception_handler(RequestValidationError)
    def not_understood(_: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"][1:]) or "body"
        return _JSON({"error": f"{where}: {first['msg']}; see docs/architecture.md"}, 422)

    @app.exception_handler(InputError)
    def bad_input(_: Request, error: InputError) -> JSONResponse:
        return _JSON({"error": str(error)}, 422)

    @app.exception_handler(HTTPException)
    def refused(_: Request, error: HTTPException) -> JSONResponse:
        return _JSON({"error": error.detail}, error.status_code, headers=error.headers)

    @app.exception_handler(Exception)
    def failed(_: Request, __: Exception) -> JSONResponse:
        return _JSON({"error": "internal error; the server's log has the details"}, 500)
