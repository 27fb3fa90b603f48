"""Text on a stream: the right width, and no blanks at the end of a line."""

from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lab.views.console import LOG_WIDTH


def _shown(console: Console) -> list[str]:
    assert isinstance(console.file, StringIO)
    return console.file.getvalue().split("\n")


def test_no_line_ends_in_blanks(console: Console) -> None:
    table = Table.grid(padding=(0, 2, 0, 0), expand=True)
    table.add_column()
    table.add_column(ratio=1)
    table.add_row("a", "one word " * 30)
    table.add_row("b", "")
    console.print(Padding(table, (1, 0, 0, 2)))
    lines = _shown(console)
    assert [line for line in lines if line != line.rstrip()] == []
    assert (lines[0], lines[1][:6], lines[-2:]) == ("", "  a  o", ["  b", ""])
    assert max(map(len, lines)) > LOG_WIDTH - 20


def test_lines_and_their_ends_are_kept(console: Console) -> None:
    console.print("plain")
    console.print()
    console.print(Text("x" * 2 * LOG_WIDTH, "bold"), soft_wrap=True)
    console.print(Text.assemble(("styled  ", "red"), "  "))
    assert _shown(console) == ["plain", "", "x" * 2 * LOG_WIDTH, "styled", ""]
