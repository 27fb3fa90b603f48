"""Text that comes from outside - a router's log, a name in a file - as text that no terminal, parser or reader can be fooled by."""

import html
import re

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters but tab and newline; what turns the direction of writing; what XML 1.0 (2.2) refuses."""


def plain(text: str) -> str:
    r"""The text with such characters written out: `\x1b`, `\u202e`. It can go to a terminal, into HTML, Markdown and XML."""
    return _UNSEEN.sub(_written_out, text)


def one_line(text: str) -> str:
    r"""The same on one line: a newline is written out, too."""
    return plain(text).replace("\n", r"\n").replace("\t", r"\t")


def in_json(text: str) -> str:
    """JSON with such characters as JSON's own escapes, so that it says the same."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def in_xml(text: str) -> str:
    """The text between tags of XML."""
    return html.escape(plain(text), quote=False)


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
