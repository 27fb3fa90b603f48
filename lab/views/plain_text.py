"""Text that comes from outside - a router's log, a name in a file - without what no parser and no terminal should meet."""

import re

_FORBIDDEN = re.compile("[^\t\n\r\u0020-\u007e\u00a0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML 1.0 (section 2.2, Char) does not allow, not even escaped, and the control characters it merely discourages."""


def plain(text: str) -> str:
    """The text without the characters no XML or HTML parser accepts."""
    return _FORBIDDEN.sub("", text)
