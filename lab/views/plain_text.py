"""Make text from outside safe for terminals and parsers. Such text is for instance a router's log, or a name from a file."""

import html
import re

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters except tab and newline, characters that change the writing direction, and characters that XML 1.0 (2.2) forbids."""


def plain(text: str) -> str:
    r"""The text, with control characters and direction marks escaped: `\x1b`, `\u202e`. Safe on terminals, in HTML, Markdown and XML."""
    return _UNSEEN.sub(_written_out, text)


def one_line(text: str) -> str:
    r"""The text as `plain` makes it, and with newlines escaped, so that it is one line."""
    return plain(text).replace("\n", r"\n").replace("\t", r"\t")


def in_json(text: str) -> str:
    """JSON text, with control characters and direction marks as JSON escapes. The value does not change."""
    return _UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def in_xml(text: str) -> str:
    """The text, escaped for XML."""
    return html.escape(plain(text), quote=False)


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"
