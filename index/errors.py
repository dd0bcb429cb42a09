"""Every error that this project raises on purpose.

::

    TiaowenError
    ├── InputError                 bad usage or bad input: place, fault, remedy
    │   ├── RegulationTextError    the published text cannot be parsed
    │   ├── CitationError          not a citation
    │   ├── NoSuchProvisionError   a citation of what does not exist
    │   ├── TimeLimitError         not a time limit
    │   ├── ActorError             unknown or ill-formed actor
    │   ├── RuleError              a row of the rule table is wrong
    │   ├── DocumentError          a document cannot be read
    │   └── ConfigError            a setting is wrong
    ├── ModelError                 the embedding model cannot be loaded or run
    └── StoreError                 the vector index cannot serve
        ├── MissingIndexError      no index has been built
        ├── StaleIndexError        built from other text, rules, model or format
        └── CorruptIndexError      bytes differ from the manifest
"""

from __future__ import annotations

__all__ = [
    "ActorError",
    "CitationError",
    "ConfigError",
    "CorruptIndexError",
    "DocumentError",
    "InputError",
    "MissingIndexError",
    "ModelError",
    "NoSuchProvisionError",
    "RegulationTextError",
    "RuleError",
    "StaleIndexError",
    "StoreError",
    "TiaowenError",
    "TimeLimitError",
]


class TiaowenError(Exception):
    """Base of all. ``str(error)`` is one line fit for a user."""


class InputError(TiaowenError, ValueError):
    """Bad usage or bad input.

    The message has three parts, in this order: where, what is wrong, how to
    mend it. ``place`` may be empty when the caller adds it.

    >>> str(InputError("rules.yaml:41", '"1O" is not a quantity', "write digits"))
    'rules.yaml:41: "1O" is not a quantity; write digits'
    """

    def __init__(self, place: str, fault: str, remedy: str = "") -> None:
        self.place = place
        self.fault = fault
        self.remedy = remedy
        message = f"{place}: {fault}" if place else fault
        super().__init__(f"{message}; {remedy}" if remedy else message)


class RegulationTextError(InputError):
    """The published text cannot be parsed; ``place`` is file and line."""


class CitationError(InputError):
    """The text is not a citation."""


class NoSuchProvisionError(InputError):
    """A well-formed citation of a provision that the regulation lacks; ``fault``
    names it and ``remedy`` what does exist. ``english`` says both in English."""

    def __init__(self, place: str, fault: str, remedy: str = "", *, english: str = "") -> None:
        super().__init__(place, fault, remedy)
        self.english = english or str(self)


class TimeLimitError(InputError):
    """The text is not a time limit."""


class ActorError(InputError):
    """An actor is unknown, or ``actors.yaml`` is ill-formed."""


class RuleError(InputError):
    """A row of ``rules.yaml`` is wrong; ``place`` is file and line."""


class DocumentError(InputError):
    """A document to be checked cannot be read."""


class ConfigError(InputError):
    """A setting is wrong; ``place`` names the variable."""


class ModelError(TiaowenError):
    """The embedding model cannot be loaded or run."""


class StoreError(TiaowenError):
    """The vector index cannot serve; the message names the command that mends it."""


class MissingIndexError(StoreError):
    """No index has been built."""


class StaleIndexError(StoreError):
    """The index was built from another text, rule table, model or format."""


class CorruptIndexError(StoreError):
    """The bytes of the index differ from those in its manifest."""
