"""The texts of `--list` and `-h`: the list of all commands, and the help of one command."""

import inspect
import textwrap
from collections.abc import Iterator, Mapping, Sequence

from invoke.parser.context import ParserContext

from lab.door.command import Command
from lab.door.several import ALSO
from lab.program import COMMAND, as_typed

_WIDEST = 100
"""The longest line in columns. Longer lines are hard to read, even on a wide terminal."""


def first_screen(groups: Mapping[str, Sequence[Command]]) -> str:
    """All commands in their groups, with one line for each."""
    names = {each: each.name.replace("_", "-") for verbs in groups.values() for each in verbs}
    wide = max(map(len, names.values()))
    lines = ["Failover Lab: prove that a redundant connection to AWS fails over.", f"Usage: {COMMAND} COMMAND [options]"]
    for title, verbs in groups.items():
        lines += ["", title, *(f"  {names[each]:{wide}}  {summary(each)}" for each in verbs)]
    return "\n".join([*lines, "", f"Help for one command: {COMMAND} lab-test -h. The version: {COMMAND} --version."])


def command_help(command: Command, context: ParserContext, width: int) -> str:
    """The help of a command: what it does, the words that it needs, and its options. The important ones are first."""
    needed = [argument.names[0] for argument in context.positional_args]
    rows = [(_spelt(name, command, context), text) for name, text in _rows(command, context)]
    further = [f"[{name.upper()} ...]" for name in needed or [command.values.get(ALSO.strip("-"), "")] if ALSO in context.flags]
    options = ["[options]"] if len(rows) > len(needed) else []
    dashes = ["-- COMMAND"] if context.name == "lab-exec" else []
    usage = " ".join(["Usage:", COMMAND, str(context.name), *map(str.upper, needed), *further, *options, *dashes])
    wide = max((len(spelt) for spelt, _ in rows), default=0)
    says = as_typed(inspect.getdoc(command) or "")
    about = [textwrap.fill(each, min(width, _WIDEST), initial_indent="  ", subsequent_indent="  ") for each in says.split("\n\n")]
    table = [line for spelt, text in rows for line in _columns(spelt, text, wide, min(width, _WIDEST))]
    return "\n".join([usage, "", "\n\n".join(about), *([""] if table else []), *table, ""])


def summary(command: Command) -> str:
    """What a command does, in one short line."""
    return (inspect.getdoc(command) or "").partition("\n")[0].removesuffix(".")


def _rows(command: Command, context: ParserContext) -> Iterator[tuple[str, str]]:
    """The name and the help of every word and option. Necessary words are first. The others are in the order of the help."""
    arguments = {argument.names[0]: argument for argument in context.args.values()}
    order = [*(name for name in arguments if arguments[name].positional), *command.order, *arguments]
    for name in dict.fromkeys(order):
        yield name, arguments[name].help or ""


def _spelt(name: str, command: Command, context: ParserContext) -> str:
    """How a word or an option is written in the help: `NODE`, `-t, --topology TOPOLOGY`, `--strict`."""
    argument = context.args[name]
    if argument.positional:
        return name.upper()
    value = command.values.get(name, name.upper()) if argument.takes_value else ""
    return " ".join(filter(None, ["-t," if "t" in argument.nicknames else "", f"--{name}", value]))


def _columns(spelt: str, text: str, wide: int, width: int) -> list[str]:
    lines = textwrap.wrap(text, width - wide - 5) or [""]
    return [f"  {spelt if not number else '':{wide}}   {line}".rstrip() for number, line in enumerate(lines)]
