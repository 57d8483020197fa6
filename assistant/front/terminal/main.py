"""The rigwise command: a table of subcommands, each imported when it is called."""

from __future__ import annotations

import importlib
import sys

import click

from assistant.errors import RigwiseError
from assistant.front.loading import loading
from corpus.errors import CorpusError
from index.errors import IndexFailure

# name: (module, attribute, one line of help)
COMMANDS = {
    "ask": ("assistant.front.terminal.ask", "ask_command", "Ask the guide a question."),
    "serve": ("assistant.front.server.serve", "serve_command", "Serve page, API and Slack."),
    "index": ("assistant.front.terminal.index", "index_group", "Build or inspect the index."),
    "corpus": ("assistant.front.terminal.corpus", "corpus_group", "Look into the source."),
    "calc": ("assistant.front.terminal.calc", "calc_group", "Calculate: watts, lanes, costs."),
    "check": ("assistant.front.terminal.check", "check_command", "Check a build."),
    "data": ("assistant.front.terminal.data", "data_group", "Export or delete what is kept."),
    "slack": ("assistant.front.slack.command", "slack_group", "Answer in Slack; slack doctor."),
    "eval": ("evals.command", "eval_group", "Run and compare evaluations."),
}


class LazyGroup(click.Group):
    """A group that imports a subcommand only when it is called: start-up stays short."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the subcommands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return a subcommand."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute, _ = COMMANDS[cmd_name]
        with loading():
            command: click.Command = getattr(importlib.import_module(module), attribute)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of subcommands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, _, line) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="rigwise")
def rigwise() -> None:
    """Answers about deep learning hardware, each with the lines of the guide it rests on."""


def main() -> None:
    """Run the command; whatever a user can cause ends in one line and a status that is not 0."""
    try:
        rigwise.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (RigwiseError, CorpusError, IndexFailure) as error:
        click.echo(f"rigwise: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone: nobody to tell
        sys.exit(0)
    except (click.Abort, KeyboardInterrupt):
        click.echo("rigwise: stopped.", err=True)
        sys.exit(130)
    except OSError as error:
        click.echo(f"rigwise: {error.filename or 'a file'}: {error.strerror or error}.", err=True)
        sys.exit(2)
