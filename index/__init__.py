"""The regulation at rest: text, structure, rule table, small languages, vectors.

Nothing here knows of questions or users; ``assistant``, ``eval`` and ``app``
import from here, never the other way round.
"""
