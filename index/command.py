"""Command lines that keep the contract: exit status 0, 1 or 2, one line for what is wrong."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

import click

from index.errors import TiaowenError

__all__ = ["Commands", "fail"]

_INTERRUPTED = 130  # as shells have it: 128 + SIGINT


def fail(message: str) -> NoReturn:
    """Bad usage or bad input: ``message`` as one line on standard error, exit status 2."""
    click.echo(" ".join(message.splitlines()), err=True)
    sys.exit(2)


class Commands(click.Group):
    """A group of commands that tells every deliberate error in one line, with status 2.

    Click by itself prints the usage and a hint around the error, in three lines or more.
    """

    def main(self, *args: Any, **kwargs: Any) -> NoReturn:
        try:
            status = super().main(*args, **{**kwargs, "standalone_mode": False})
        except click.exceptions.NoArgsIsHelpError as error:
            commands = ", ".join(self.list_commands(error.ctx)) if error.ctx else ""
            fail(f"no command is given; give one of {commands} (see --help)")
        except click.UsageError as error:
            path = error.ctx.command_path if error.ctx else ""
            fail(f"{error.format_message().rstrip('.')} (see {path} --help)")
        except click.ClickException as error:
            fail(error.format_message())
        except TiaowenError as error:
            fail(str(error))
        except click.Abort:
            sys.exit(_INTERRUPTED)
        sys.exit(status if isinstance(status, int) else 0)
