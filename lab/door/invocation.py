"""Invoke's program, with our own help, error messages and exit codes."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from invoke.collection import Collection
from invoke.exceptions import Exit, ParseError
from invoke.parser import Parser
from invoke.parser.argument import Argument
from invoke.parser.context import ParserContext
from invoke.program import Program
from invoke.terminals import pty_size

from lab import __version__
from lab.door import complain
from lab.door.command import Command
from lab.door.screen import command_help, first_screen
from lab.door.several import with_options
from lab.door.values import wrong_values
from lab.errors import InputError
from lab.program import NAME
from lab.views.problem_lines import error_text

_SHORT = {"help": "h", "list": "l", "version": "V", "dry": "R"}
"""The short names of Invoke's own options that stay. Others could be mistaken for options of a command."""


class Door(Program):
    """Our command line. It is Invoke's program, with commands in groups that have titles."""

    def __init__(self, groups: Mapping[str, Sequence[Command]]) -> None:
        self._groups = groups
        super().__init__(namespace=Collection(*(each for commands in groups.values() for each in commands)), name=NAME, binary=NAME)

    def answer(self, words: list[str]) -> None:
        """Run the command line. `-h` may be anywhere before `--`."""
        ours = words[: words.index("--")] if "--" in words else words
        commands = [word for word in ours if not word.startswith("-")]
        self.run([NAME, *(["--help", commands[0]] if commands and {"-h", "--help"} & set(ours) else words)])

    def core_args(self) -> list[Argument]:
        """Invoke's own options. Few of them keep a short name. `--list` takes no value here, because there is only one list."""
        arguments = super().core_args()
        for each in arguments:
            name = each.names[0]
            each.names = (name, *(_SHORT[known] for known in _SHORT if known == name))
            if name == "list":
                each.kind, each.optional = bool, False
        return arguments

    def parse_core_args(self) -> None:
        """Read Invoke's own options. An error becomes a message of ours."""
        self._or_tell(super().parse_core_args)

    def parse_tasks(self) -> None:
        """Read the commands and their options.

        Then check all values, so that a wrong value is reported before slow modules are imported.
        """
        self._or_tell(super().parse_tasks)
        problems = list(wrong_values(value for context in self.tasks for value in self._values(context)))
        if problems:
            _stop(error_text(InputError(problems)))

    def parse_cleanup(self) -> None:
        """Do what follows the reading of the command line.

        `-h` of an unknown command gives a message of ours, `--version` works after a command, too.
        """
        if self.args.version.value:
            self.print_version()
            raise Exit
        wanted = self.args.help.value
        if isinstance(wanted, str) and wanted not in self.parser.contexts:
            from lab.door.mistakes import no_command

            _stop(f"{NAME}: {no_command(wanted, self.parser.contexts)}")
        super().parse_cleanup()

    def print_version(self) -> None:
        """Print the version of this program. Reports contain the same version."""
        print(f"failover-lab {__version__}")

    def print_task_help(self, name: str) -> None:
        """Print the help of a command: what it does, the words that it needs, and its options."""
        print(command_help(self.collection[name], self.parser.contexts[name], pty_size()[0]))

    def print_help(self) -> None:
        """Print the same as `--list`."""
        print(first_screen(self._groups))

    def list_flat(self) -> None:
        """Print all commands, in their groups."""
        print(first_screen(self._groups))

    def list_tasks(self) -> None:
        """Print the list of commands. Refuse an unknown format."""
        if self.list_format not in ("flat", "nested", "json"):
            _stop(f"--list-format: '{self.list_format}' is not one of flat, nested, json")
        super().list_tasks()

    def _make_parser(self) -> Parser:
        """Make Invoke's parser. Before that, prepare the words of commands that take any number of words."""
        parser = super()._make_parser()
        self.core.unparsed[:] = with_options(self.core.unparsed, parser.contexts)
        return parser

    def _values(self, context: ParserContext) -> Iterator[tuple[str, str, object]]:
        """Each value on the command line. Given are the option, the kind of value that the option takes, and the value."""
        takes = self.collection[context.name].values
        for argument in context.args.values():
            name = argument.names[0]
            yield name.upper() if argument.positional else f"--{name}", takes.get(name, ""), argument.value

    def _or_tell(self, parse: Callable[[], None]) -> None:
        """Call `parse`. If Invoke does not understand the command line, show a message of ours and exit."""
        try:
            parse()
        except (ParseError, ValueError) as error:
            from lab.door.mistakes import plain_words

            parser = getattr(self, "parser", None)  # there is none yet while Invoke's own options are read
            _stop(f"{NAME}: {plain_words(error, self.argv[1:], parser.contexts if parser else {})}")


def _stop(message: str) -> None:
    complain(message)
    raise Exit(code=InputError.exit_code)
