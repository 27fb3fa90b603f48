"""swanctl.conf as charon is told it over vici: sections and settings, some of which are lists."""

from typing import Union

Section = dict[str, Union[str, list[str], "Section"]]

_LISTS = frozenset({"local_addrs", "remote_addrs", "proposals", "local_ts", "remote_ts", "esp_proposals"})
"""The settings of our templates that vici wants as lists (swanctl splits them at commas)."""


def read(text: str) -> Section:
    """The sections of a configuration file of this lab: a brace or a setting a line, comments on lines of their own, includes left out."""
    top: Section = {}
    open_sections = [top]
    for line in map(str.strip, text.splitlines()):
        key, equals, value = (part.strip() for part in line.partition("="))
        if line.endswith("{"):
            section: Section = {}
            open_sections[-1][line.removesuffix("{").strip()] = section
            open_sections.append(section)
        elif line == "}":
            open_sections.pop()
        elif equals and not line.startswith("#"):
            open_sections[-1][key] = value.split(",") if key in _LISTS else value.strip('"')
    return top


def section(of: Section, name: str) -> Section:
    """A section inside another. KeyError where there is none of that name."""
    found = of[name]
    if not isinstance(found, dict):
        raise KeyError(name)
    return found
