"""Let a command take any number of words that are not options. Invoke allows only a fixed number."""

from collections.abc import Iterator, Mapping, Sequence

from invoke.parser.context import ParserContext

ALSO = "--also"
"""The name of the hidden option that stands before every further word."""


def with_options(words: Sequence[str], commands: Mapping[str, ParserContext]) -> Iterator[str]:
    """The words of a command line, changed for commands that have the option `--also`: it is inserted before the second and each later
    word.

    Words after `--` and values of options do not change.
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
            is_value = command is not None and word in command.flags and command.flags[word].takes_value  # not by `get`, because of aliases
        elif left:
            left -= 1
        elif word in commands:
            command = commands[word]
            left = len(command.positional_args)
        elif command and ALSO in command.flags:
            yield ALSO
        yield word
