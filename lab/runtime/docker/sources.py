"""Find this host's Debian mirror, so that the base image comes from the same one. Reads both formats of sources.list(5)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path("/")
_RELEASES = frozenset({"stable", "oldstable", "testing", "unstable", "sid"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A source of packages: address, suite and components, as in the file."""

    uri: str
    suite: str
    components: tuple[str, ...]


def debian_mirror(root: Path = ROOT) -> str | None:
    """The http(s) mirror of a Debian host for its own release. None for another distribution, or without such a mirror."""
    release = dict(_assignments(_read(root / "etc/os-release")))
    if release.get("ID") != "debian":
        return None
    suites = _RELEASES | {release.get("VERSION_CODENAME", "")}
    apt = root / "etc/apt"
    sources = [
        *(source for path in (apt / "sources.list", *sorted(apt.glob("sources.list.d/*.list"))) for source in parse_one_line(_read(path))),
        *(source for path in sorted(apt.glob("sources.list.d/*.sources")) for source in parse_deb822(_read(path))),
    ]
    mirrors = (
        source.uri
        for source in sources
        if source.uri.startswith(("http://", "https://")) and source.suite in suites and "main" in source.components
    )
    return next(mirrors, None)


def parse_one_line(text: str) -> Iterator[Source]:
    """The sources in a sources.list: `deb [options] uri suite component...`."""
    for line in text.splitlines():
        kind, _, rest = line.partition("#")[0].strip().partition(" ")
        if kind != "deb":
            continue
        if rest.lstrip().startswith("["):
            rest = rest.partition("]")[2]
        uri, suite, *components = [*rest.split(), "", ""]
        yield Source(uri=uri, suite=suite, components=tuple(filter(None, components)))


def parse_deb822(text: str) -> Iterator[Source]:
    """The sources in a .sources file: paragraphs of `Field: value`. One paragraph may have several sources."""
    for paragraph in paragraphs(text):
        fields = {name.lower(): value.split() for name, value in paragraph}
        if "deb" not in fields.get("types", ()) or fields.get("enabled") == ["no"]:
            continue
        for uri in fields.get("uris", ()):
            for suite in fields.get("suites", ()):
                yield Source(uri=uri, suite=suite, components=tuple(fields.get("components", ())))


def paragraphs(text: str) -> Iterator[list[tuple[str, str]]]:
    """The paragraphs of a Debian control file, as (field, value) pairs. Continued lines are joined, comments dropped (deb822(5))."""
    fields: list[tuple[str, str]] = []
    for line in [*text.splitlines(), ""]:
        if line.startswith("#"):
            continue
        if not line.strip():
            if fields:
                yield fields
            fields = []
        elif line[0].isspace() and fields:
            name, value = fields.pop()
            fields.append((name, f"{value} {line.strip()}"))
        else:
            name, _, value = line.partition(":")
            fields.append((name.strip(), value.strip()))


def _assignments(text: str) -> Iterator[tuple[str, str]]:
    """The NAME="value" lines of os-release(5)."""
    for line in text.splitlines():
        name, _, value = line.partition("=")
        yield name, value.strip("\"'")


def _read(path: Path) -> str:
    """The text of a file, "" if it is missing."""
    return path.read_text(errors="replace") if path.is_file() else ""
