"""Parameters from the words of a command line: `loss=5%`, read and refused as in a check."""

from collections.abc import Sequence
from pathlib import Path

import yaml

from lab.errors import InputError, Problem
from lab.intent.document.file import Document
from lab.intent.document.finding import dotted
from lab.intent.document.plain import PlainReader, TooMuchError
from lab.intent.document.shape import shape
from lab.intent.faults.parameters import EXAMPLES, Parameters, ParametersDocument

_OPTION = "--with"


def read_parameters(words: Sequence[str]) -> Parameters:
    """What was said of a fault, a word each. InputError with all that is wrong with them."""
    said: dict[str, object] = {}
    problems: list[Problem] = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            ways_out = ", ".join(f"{known}={example}" for known, example in EXAMPLES.items())
            problems.append(Problem(place=_OPTION, message=f"{word[:60]!r} is no NAME=VALUE (for instance {ways_out})"))
        elif name in said:
            problems.append(Problem(place=f"{_OPTION} {name[:60]}", message="is there more than once, expected once"))
        else:
            said[name] = _scalar(value)
    shaped = shape(Document(path=Path(_OPTION), data=said, lines={}, findings=()), ParametersDocument)
    problems += [Problem(place=f"{_OPTION} {dotted(finding.where)}", message=finding.message) for finding in shaped.findings]
    if problems:
        raise InputError(problems)
    return ParametersDocument.model_validate(shaped.document.data).understood()


def _scalar(value: str) -> object:
    """The value as YAML would have it; what is no YAML is the text it is."""
    try:
        root = yaml.compose(value, Loader=yaml.SafeLoader)
        return PlainReader().read(root) if root is not None else None
    except (yaml.YAMLError, TooMuchError, RecursionError):
        return value
