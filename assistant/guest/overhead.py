"""What verification adds to the raw stream: for benchmarks."""

from __future__ import annotations

import time
from collections.abc import Iterable

from assistant.guest.offer import Offer
from assistant.guest.sentences import Splitter
from assistant.guest.verify import Verifier
from assistant.guest.witness import Witnesses

__all__ = ["sentence_delays"]


def sentence_delays(
    answers: Iterable[tuple[Offer, str]], witnesses: Witnesses, piece: int = 2
) -> tuple[float, ...]:
    """Seconds from the arrival of each sentence's last piece to its verdict.

    ``answers`` are what a model writes on an offer; they are fed in pieces of ``piece``
    characters, as fast as they are taken. Waiting for the piece that shows that a sentence
    has ended is the model's time, not counted here.
    """
    delays: list[float] = []
    for offer, text in answers:
        verifier, splitter = Verifier(offer, witnesses), Splitter()
        pieces = [text[at : at + piece] for at in range(0, len(text), piece)]
        for part in [*pieces, None]:
            started = time.perf_counter()
            sentences = splitter.rest() if part is None else splitter.feed(part)
            for sentence in sentences:
                verifier.judge(sentence)
                now = time.perf_counter()
                delays.append(now - started)
                started = now
    return tuple(delays)
