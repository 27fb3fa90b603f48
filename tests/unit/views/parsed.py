"""A page as a tree of elements, read by the HTML parser of the standard library."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

_VOID = frozenset({"meta", "br", "wbr", "link"})


@dataclass(slots=True)
class Branch:
    """An element with its attributes and its content."""

    name: str
    at: dict[str, str]
    inside: list["Branch | str"] = field(default_factory=list)

    def all(self, name: str, kind: str = "") -> list["Branch"]:
        """Every element inside with this name and class."""
        return [each for each in self.below() if each.name == name and (not kind or kind in each.kinds)]

    def one(self, name: str, kind: str = "") -> "Branch":
        """The only element with this name and class."""
        (found,) = self.all(name, kind)
        return found

    @property
    def kinds(self) -> list[str]:
        """Its classes."""
        return self.at.get("class", "").split()

    @property
    def text(self) -> str:
        """All text in it."""
        return "".join(each if isinstance(each, str) else each.text for each in self.inside)

    def below(self) -> Iterator["Branch"]:
        """Every element in it, in the order written."""
        for each in self.inside:
            if isinstance(each, Branch):
                yield each
                yield from each.below()


def parsed(html: str) -> Branch:
    """The document. AssertionError if an element is not closed correctly."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    assert len(reader.open) == 1, f"<{reader.open[-1].name}> is not closed"
    return reader.open[0]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open = [Branch("", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        names = [name for name, _ in attrs]
        assert len(set(names)) == len(names), f"<{tag}> has an attribute twice"
        branch = Branch(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(branch)
        if tag not in _VOID:
            self.open.append(branch)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Branch(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].name == tag, f"</{tag}> closes <{self.open[-1].name}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)
