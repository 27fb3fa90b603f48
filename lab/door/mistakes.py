"""Error messages for command lines that Invoke does not understand."""

import re
from collections.abc import Mapping, Sequence

from invoke.exceptions import ParseError
from invoke.parser.context import ParserContext

from lab.program import COMMAND
from lab.spelling import near


def plain_words(error: Exception, words: Sequence[str], commands: Mapping[str, ParserContext]) -> str:
    """Our message for an error of Invoke's parser. `words`: the command line."""
    said = str(error)
    context = error.context if isinstance(error, ParseError) else None
    name = context.name if context else None
    if lacking := re.fullmatch(r"Flag <Argument: (\S+?)_?(?: .*)?> needed value and was not given one!", said):
        return f"--{lacking[1].replace('_', '-')} needs a value after it{_see(name)}"
    if missing := re.fullmatch(r"'(.+)' did not receive required positional arguments: (.+)", said):
        needed = missing[2].replace("', '", " ").strip("'").upper()
        return f"{missing[1]} needs {needed} after it{_see(missing[1])}"
    if unknown := re.fullmatch(r"No idea what '(.+)' is!", said, re.DOTALL):
        return f"{_unknown(unknown[1], list(words), context, commands)}{_see(name)}"
    return f"{said}{_see(name)}"


def no_command(word: str, commands: Mapping[str, ParserContext]) -> str:
    """The message for an unknown command. It names the command that the user probably meant."""
    return f"there is no command '{word}'{_guess(near(word, list(commands)))}{_see(None)}"


def _unknown(word: str, words: list[str], context: ParserContext | None, commands: Mapping[str, ParserContext]) -> str:
    flags = [*context.flags] if context else []
    if word.startswith("-"):
        if context and context.name:
            return f"{context.name} has no option {word}{_guess(near(word, flags))}"
        return f"there is no option {word} before a command{_guess(near(word, flags))}"
    before = words[words.index(word) - 1] if word in words[1:] else ""
    if before.startswith("-") and words.count(before) > 1:
        return f"{before} was given more than once (give it once)"
    if not context or not context.name:
        return f"there is no command '{word}'{_guess(near(word, list(commands)))}"
    if context.name == "lab-exec":  # users of other tools write no `--` there
        return f"lab-exec does not take the word '{word}' (put -- before the command: lab-exec NODE -- {word} …)"
    guess = near(word, list(commands)) or (f"-t {word}" if "--topology" in flags and before == context.name else None)
    return f"{context.name} does not take the word '{word}'{_guess(guess)}"


def _guess(meant: str | None) -> str:
    return f". Did you mean {meant}?" if meant else ""


def _see(command: str | None) -> str:
    if command:
        return f" ({COMMAND} {command} -h shows its options)"
    return f" ({COMMAND} --list shows all commands)"
