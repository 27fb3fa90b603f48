"""Commands that take any number of words: Invoke itself knows words without dashes only by a fixed number."""

from collections.abc import Iterator, Mapping, Sequence

from invoke.parser.context import ParserContext

ALSO = "--also"
"""What a command calls the option that stands for every further word."""


def with_options(words: Sequence[str], commands: Mapping[str, ParserContext]) -> Iterator[str]:
    """The words of a command line, each further one of a command that has the option `--also` behind that option.

    What stands behind `--` is left alone, and so is the value of an option.
    """
    command: ParserContext | None = None
    left = 0
    is_value = False
    for number, word in enumerate(words):
        if word == "--":
            yield from words[number:]
            return
        if is_value:
            is_value = False
        elif word.startswith("-"):
            is_value = command is not None and word in command.flags and command.flags[word].takes_value  # aliases: not by `get`
        elif left:
            left -= 1
        elif word in commands:
            command = commands[word]
            left = len(command.positional_args)
        elif command and ALSO in command.flags:
            yield ALSO
        yield word
