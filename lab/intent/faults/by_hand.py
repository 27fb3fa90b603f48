"""Read the parameters of a fault from the command line (`loss=5%`). They are the same as in a check."""

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
    """The parameters of a fault, from words such as NAME=VALUE. Raises one InputError that lists every mistake."""
    said: dict[str, object] = {}
    problems: list[Problem] = []
    for word in words:
        name, equals, value = word.partition("=")
        if not equals:
            ways_out = ", ".join(f"{known}={example}" for known, example in EXAMPLES.items())
            problems.append(Problem(place=_OPTION, message=f"expected NAME=VALUE, found {word[:60]!r} (for instance {ways_out})"))
        elif name in said:
            problems.append(Problem(place=f"{_OPTION} {name[:60]}", message="this parameter was given more than once (give it once)"))
        else:
            said[name] = _scalar(value)
    shaped = shape(Document(path=Path(_OPTION), data=said, lines={}, findings=()), ParametersDocument)
    problems += [Problem(place=f"{_OPTION} {dotted(finding.where)}", message=finding.message) for finding in shaped.findings]
    if problems:
        raise InputError(problems)
    return ParametersDocument.model_validate(shaped.document.data).understood()


def _scalar(value: str) -> object:
    """The value, parsed as YAML. The text itself if it is not valid YAML."""
    try:
        root = yaml.compose(value, Loader=yaml.SafeLoader)
        return PlainReader().read(root) if root is not None else None
    except (yaml.YAMLError, TooMuchError, RecursionError):
        return value
