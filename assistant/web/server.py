"""The application: page and REST in one FastAPI app behind the guard."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

# Gradio reads these when it is imported; without them it resolves outside names at start.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_SHARE"] = "False"
os.environ["GRADIO_RUN_HISTORY"] = "False"
os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["TRANSFORMERS_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"

import gradio as gr
import uvicorn
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.trustedhost import TrustedHostMiddleware

from assistant.config import Settings
from assistant.knowledge import Knowledge
from assistant.web.actions import Actions
from assistant.web.api import api_router, install_error_handlers
from assistant.web.guard import Guard
from assistant.web.page import Page, head_html, page_css, theme
from assistant.web.readiness import Answerer, Readiness
from assistant.web.views import Views

__all__ = ["create_app", "create_server"]

_HERE = Path(__file__).parent


def create_app(
    answerer: Answerer, knowledge: Knowledge, settings: Settings, readiness: Readiness
) -> FastAPI:
    """Page at ``/``, REST at ``/api``, ``/healthz`` and ``/readyz``; no outside request."""
    # FastAPI's own documentation pages load their script from a CDN.
    app = FastAPI(title="Tiaowen", docs_url=None, redoc_url=None, openapi_url=None)
    install_error_handlers(app)
    app.include_router(api_router(answerer, knowledge, settings, readiness))
    views = Views(knowledge, readiness)
    page = Page(Actions(answerer, settings, readiness, views), views, settings)
    page.blocks.queue(
        max_size=settings.queue_size,
        default_concurrency_limit=settings.concurrency,
        api_open=False,
    )
    gr.mount_gradio_app(
        app,
        page.blocks,
        path="/",
        theme=theme(),
        css=page_css(),
        head=head_html(),
        favicon_path=str(_HERE / "favicon.svg"),
        footer_links=[],
        run_history=False,
        show_error=False,
        max_file_size=0,
        ssr_mode=False,
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
    )
    # Last added is outermost. An empty list of origins keeps Gradio from reflecting any.
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(TrustedHostMiddleware, allowed_hosts=list(settings.allowed_hosts))
    app.add_middleware(Guard, max_body_bytes=settings.max_body_bytes)
    return app


class _Server(uvicorn.Server):
    """Tells when it answers: scripts and people wait for that line."""

    def __init__(self, config: uvicorn.Config, answering: Callable[[int], None]) -> None:
        super().__init__(config)
        self._answering = answering

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._answering(self.servers[0].sockets[0].getsockname()[1])


def create_server(
    app: FastAPI, settings: Settings, answering: Callable[[str], None]
) -> uvicorn.Server:
    """The server of ``app``; calls ``answering`` with its address once it listens."""
    config = uvicorn.Config(
        app,
        host=settings.host,
        port=settings.port,
        log_level=settings.log_level,
        access_log=False,
        server_header=False,
        ws="none",
        # An open tab holds a connection; do not wait for it for ever.
        timeout_graceful_shutdown=5,
    )
    return _Server(config, lambda port: answering(settings.model_copy(update={"port": port}).url))
