"""All keys of a YAML file as Markdown: value, example and meaning."""

import re
from collections.abc import Iterator

from lab.views.reference.schema import Key, Section, sections_of, title
from lab.views.reference.values import example_words, value_words

_DURATION = "duration"


def keys_markdown(schema: str) -> str:
    """A table for each kind of mapping in the file. Each has a heading of the second level."""
    return "\n\n".join("\n".join(_section(section)) for section in sections_of(schema)) + "\n"


def _section(section: Section) -> Iterator[str]:
    yield f"## {title(section.places)}" if section.places else "## The file"
    yield ""
    yield section.description
    yield ""
    yield "| key | value | example | what it means |"
    yield "|---|---|---|---|"
    yield from map(_row, section.keys)


def _row(key: Key) -> str:
    required = " (required)" if key.is_required else ""
    cells = (f"`{key.name}`{required}", _value(key), _example(key), _meaning(key))
    return f"| {' | '.join(cell.replace('|', '/') for cell in cells)} |"


def _value(key: Key) -> str:
    if key.section:
        return f"[{key.section}](#{_anchor(key.section)})"
    words = value_words(key.node)
    return f"[{words}](#durations)" if words == _DURATION else words


def _example(key: Key) -> str:
    examples = key.node.get("examples", ())
    return f"`{example_words(examples[0])}`" if examples and not key.section else ""


def _meaning(key: Key) -> str:
    """What a key means, and its default value."""
    default = key.node.get("default")
    said = str(key.node["description"])
    is_said = "Default: " in said
    return said if is_said or default in (None, [], {}) else f"{said} Default: `{example_words(default)}`."


def _anchor(heading: str) -> str:
    """The anchor that GitHub and GitLab make from a heading."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
