"""HTML and SVG as values. Only a Markup goes into an element unchanged. Any other text is escaped."""

import html
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from lab.views.plain_text import plain

_VOID = frozenset({"meta", "br", "wbr", "link"})
_EMPTY = frozenset({"path", "rect", "circle", "line", "use"})
_NONE: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Markup:
    """Text that is already HTML or SVG."""

    text: str


Content = Markup | str
NOTHING = Markup("")


def tag(name: str, *content: Content, at: Mapping[str, str] = _NONE) -> Markup:
    """An element. `name` may have classes: `td.number.quiet`. `at`: the attributes of the element."""
    element, *classes = name.split(".")
    named = {"class": " ".join(classes)} if classes else {}
    attributes = "".join(f' {key}="{html.escape(plain(value))}"' for key, value in {**named, **at}.items())
    if element in _VOID:
        return Markup(f"<{element}{attributes}>")
    if element in _EMPTY and not content:
        return Markup(f"<{element}{attributes}/>")
    return Markup(f"<{element}{attributes}>{joined(content).text}</{element}>")


def joined(parts: Iterable[Content], between: str = "") -> Markup:
    """The parts, one after another, with `between` between them."""
    return Markup(html.escape(between).join(part.text if isinstance(part, Markup) else html.escape(plain(part)) for part in parts))


def scrolled(name: str, content: Markup) -> Markup:
    """Content that the reader can scroll sideways if it is too wide. It has a name, and a keyboard can reach it."""
    return tag("div.scroll", content, at={"role": "group", "aria-label": name, "tabindex": "0"})
