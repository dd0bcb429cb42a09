"""Settings; with ``index.config``, which it extends, the only reader of the environment.

Importing pydantic-settings takes about 0.15 s, so a command that needs no setting
(``lookup``, ``check``, ``due``, ``--help``) does not import this module.
"""

from __future__ import annotations

import ipaddress
import re
from typing import Annotated, Any, Literal

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import NoDecode

from index.config import IndexSettings
from index.errors import ConfigError

__all__ = ["Settings", "load_settings"]

PREFIX = "TIAOWEN_"


class Settings(IndexSettings):
    """Every setting, frozen. The variable is the field's name in capitals after ``TIAOWEN_``.

    The index's own (regulation, model, index_dir) come from :class:`IndexSettings`, so that
    ``python -m index build`` and the page cannot disagree.
    """

    host: str = Field("127.0.0.1", description="address to listen on; 0.0.0.0 serves the network")
    port: int = Field(7860, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        ("localhost", "127.0.0.1", "[::1]"),
        description="host names under which browsers may call, separated by commas; "
        "needed as soon as `HOST` is not this machine alone",
    )
    language: Literal["zh-Hans", "zh-Hant", "en"] = Field(
        "zh-Hans", description="language in which the page opens: `zh-Hans`, `zh-Hant` or `en`"
    )
    max_question_chars: int = Field(
        2000, ge=1, le=100_000, description="longest question that is answered"
    )
    max_text_chars: int = Field(
        200_000, ge=1, le=5_000_000, description="longest text that is checked"
    )
    max_body_bytes: int = Field(
        2_000_000, ge=10_000, description="longest request body; more is refused with 413"
    )
    concurrency: int = Field(4, ge=1, le=64, description="answers computed at the same time")
    queue_size: int = Field(
        64, ge=1, description="questions that may wait; more are told that the server is busy"
    )
    log_level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="`debug`, `info`, `warning` or `error`"
    )
    llm_url: str = Field(
        "",
        description="address of an OpenAI-compatible service (vLLM, Ollama, llama.cpp …), "
        "`http://…/v1`; empty: no language model",
    )
    llm_model: str = Field(
        "default", min_length=1, description="name of the model that the service is asked for"
    )
    llm_key: SecretStr = Field(
        SecretStr(""), description="key of the service; empty where it needs none"
    )
    llm_temperature: float = Field(
        0.0, ge=0, le=2, description="0: the likeliest words; more: freer ones"
    )
    llm_tokens: int = Field(
        1500,
        ge=100,
        le=100_000,
        description="longest answer that the service is asked for, in tokens; a model that thinks "
        "first needs more",
    )
    llm_timeout: float = Field(
        30.0,
        gt=0,
        le=600,
        description="seconds that the language model may take for an answer, repair included; "
        "then the rules answer",
    )
    llm_silence: float = Field(
        10.0, gt=0, le=600, description="seconds that it may say nothing before it is given up"
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if isinstance(value, str):
            value = tuple(part.strip() for part in value.split(",") if part.strip())
        if not value:
            raise ValueError("names no host")
        return value

    @field_validator("llm_url")
    @classmethod
    def _plain_address(cls, value: str) -> str:
        if value and not re.fullmatch(r"https?://[^\s/@?#]+(?:/[^\s@?#]*)?", value):
            raise ValueError("write http://host:port/v1, without a user name, query or fragment")
        return value.rstrip("/")

    @property
    def url(self) -> str:
        """The address to open in a browser on this machine."""
        try:
            anywhere = ipaddress.ip_address(self.host).is_unspecified
        except ValueError:
            anywhere = False
        name = "127.0.0.1" if anywhere else self.host
        return f"http://[{name}]:{self.port}" if ":" in name else f"http://{name}:{self.port}"


def load_settings(**overrides: Any) -> Settings:
    """The settings of this process; ``overrides`` win over the environment.

    Raises :class:`ConfigError` that names the variable.

    >>> load_settings(port=8000).url
    'http://127.0.0.1:8000'
    >>> load_settings(port="many")
    Traceback (most recent call last):
    index.errors.ConfigError: TIAOWEN_PORT: 'many' is not accepted: unable to parse string as an \
integer; see the table of settings in README.md
    """
    try:
        return Settings(**overrides)
    except ValidationError as error:
        first = error.errors()[0]
        name = PREFIX + str(first["loc"][0]).upper() if first["loc"] else PREFIX + "*"
        fault = first["msg"].removeprefix("Value error, ")
        fault = fault.removeprefix("Input should be a valid integer, ")
        # An address may have a password in it by mistake; keys are secret by their type.
        given = "the value" if name == f"{PREFIX}LLM_URL" else repr(first["input"])
        raise ConfigError(
            name,
            f"{given} is not accepted: {fault[0].lower()}{fault[1:]}",
            "see the table of settings in README.md",
        ) from error
