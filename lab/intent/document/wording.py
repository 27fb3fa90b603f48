"""How messages show the values of a file."""

import yaml


def shown(value: object) -> str:
    """A value as short text on one line."""
    match value:
        case None:
            return "nothing"
        case True | False:
            return f"{str(value).lower()} (YAML reads yes, no, on and off as true or false; put a word in quotes)"
        case str():
            return repr(value if len(value) <= 60 else value[:57] + "...")
        case list():
            return "a list"
        case dict():
            return "a mapping"
        case _:
            return str(value)


def flow_style(value: object) -> str:
    """A value as YAML on one line, for instance `[10.1.0.0/16]`."""
    text = yaml.safe_dump(value, default_flow_style=True, width=10_000, sort_keys=False)
    return text.removesuffix("\n...\n").strip()


def with_article(noun: str) -> str:
    """The noun with `a` or `an`: `an interconnect`, `a VPC`."""
    return f"{'an' if noun[:1].lower() in 'aeio' else 'a'} {noun}"
