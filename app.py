"""Serves the page and the REST interface: ``python app.py``; ``make serve`` builds first."""

from __future__ import annotations

import logging
import sys

from assistant.config import Settings, load_settings
from index.errors import TiaowenError

log = logging.getLogger(__name__)


def main() -> int:
    """Run until interrupted; 2 when a setting or the knowledge is wrong."""
    try:
        settings = load_settings()
        logging.basicConfig(format="%(levelname)s %(name)s: %(message)s")
        # At the handler: a library that sets its own logger to DEBUG (bm25s) is held back too.
        logging.getLogger().handlers[0].setLevel(settings.log_level.upper())
        return serve(settings)
    except TiaowenError as error:
        print(error, file=sys.stderr)
        return 2


def serve(settings: Settings) -> int:
    """Assemble and serve. The model loads once the page answers, in the background."""
    # Imported here, so that a wrong setting is told at once: Gradio takes seconds.
    from assistant.answer import load_assistant  # noqa: PLC0415
    from assistant.web.readiness import Readiness  # noqa: PLC0415
    from assistant.web.server import create_app, create_server  # noqa: PLC0415

    assistant = load_assistant(warm=False)
    readiness = Readiness()
    app = create_app(assistant, assistant.knowledge, settings, readiness)

    def warm_up() -> str | None:
        if error := assistant.warm_up(settings.index_folder, settings.embedding_model):
            log.warning("answering without semantic search: %s", error)
        return assistant.trouble

    def answering(url: str) -> None:
        print(url, flush=True)
        readiness.start(warm_up)

    server = create_server(app, settings, answering)
    server.run()
    return 0 if server.started else 1


if __name__ == "__main__":
    sys.exit(main())
