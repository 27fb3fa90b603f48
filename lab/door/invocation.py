"""Invoke's program with our screens, our messages for mistakes, and the contract's exit code for them."""

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
"""The short names of Invoke's own options that stay. The others would read like options of a command."""


class Door(Program):
    """Invoke for our commands, in groups by their titles."""

    def __init__(self, groups: Mapping[str, Sequence[Command]]) -> None:
        self._groups = groups
        super().__init__(namespace=Collection(*(each for commands in groups.values() for each in commands)), name=NAME, binary=NAME)

    def answer(self, words: list[str]) -> None:
        """Do what the words of a command line ask for. `-h` is understood anywhere before `--`."""
        ours = words[: words.index("--")] if "--" in words else words
        commands = [word for word in ours if not word.startswith("-")]
        self.run([NAME, *(["--help", commands[0]] if commands and {"-h", "--help"} & set(ours) else words)])

    def core_args(self) -> list[Argument]:
        """As Invoke's own, but with few short names. `--list` takes no value: there is one list."""
        arguments = super().core_args()
        for each in arguments:
            name = each.names[0]
            each.names = (name, *(_SHORT[known] for known in _SHORT if known == name))
            if name == "list":
                each.kind, each.optional = bool, False
        return arguments

    def parse_core_args(self) -> None:
        """As Invoke's own."""
        self._or_tell(super().parse_core_args)

    def parse_tasks(self) -> None:
        """As Invoke's own. Then every value is looked at, so that a wrong one is told before anything heavy is imported."""
        self._or_tell(super().parse_tasks)
        problems = list(wrong_values(value for context in self.tasks for value in self._values(context)))
        if problems:
            _stop(error_text(InputError(problems)))

    def parse_cleanup(self) -> None:
        """As Invoke's own, with a message for `-h` of a command that there is not, and with `--version` after a command."""
        if self.args.version.value:
            self.print_version()
            raise Exit
        wanted = self.args.help.value
        if isinstance(wanted, str) and wanted not in self.parser.contexts:
            from lab.door.mistakes import no_command

            _stop(f"{NAME}: {no_command(wanted, self.parser.contexts)}")
        super().parse_cleanup()

    def print_version(self) -> None:
        """The program and the version that its reports name."""
        print(f"failover-lab {__version__}")

    def print_task_help(self, name: str) -> None:
        """What a command does, the words it needs, and its options."""
        print(command_help(self.collection[name], self.parser.contexts[name], pty_size()[0]))

    def print_help(self) -> None:
        """The same as `--list`: there is one first screen."""
        print(first_screen(self._groups))

    def list_flat(self) -> None:
        """Every command in its group."""
        print(first_screen(self._groups))

    def list_tasks(self) -> None:
        """As Invoke's own, for a format that there is."""
        if self.list_format not in ("flat", "nested", "json"):
            _stop(f"--list-format: '{self.list_format}' is not one of flat, nested, json")
        super().list_tasks()

    def _make_parser(self) -> Parser:
        """As Invoke's own, and the words made ready for it where a command takes any number of them."""
        parser = super()._make_parser()
        self.core.unparsed[:] = with_options(self.core.unparsed, parser.contexts)
        return parser

    def _values(self, context: ParserContext) -> Iterator[tuple[str, str, object]]:
        """Where each value of a command stands, what that takes, and the value."""
        takes = self.collection[context.name].values
        for argument in context.args.values():
            name = argument.names[0]
            yield name.upper() if argument.positional else f"--{name}", takes.get(name, ""), argument.value

    def _or_tell(self, parse: Callable[[], None]) -> None:
        """Parse, or end with a message for what Invoke does not understand."""
        try:
            parse()
        except (ParseError, ValueError) as error:
            from lab.door.mistakes import plain_words

            parser = getattr(self, "parser", None)  # there is none yet while Invoke's own options are read
            _stop(f"{NAME}: {plain_words(error, self.argv[1:], parser.contexts if parser else {})}")


def _stop(message: str) -> None:
    complain(message)
    raise Exit(code=InputError.exit_code)
