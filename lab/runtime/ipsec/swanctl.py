"""Read swanctl.conf, and return its sections and settings in the form that vici (strongSwan's control interface) takes."""

from typing import Union

Section = dict[str, Union[str, list[str], "Section"]]

_LISTS = frozenset({"local_addrs", "remote_addrs", "proposals", "local_ts", "remote_ts", "esp_proposals"})
"""Settings in our templates that are lists in vici. swanctl splits them at commas."""


def read(text: str) -> Section:
    """Read a configuration file of this lab. Each brace, setting or comment is on a line of its own. Includes are ignored."""
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
    """A section inside another one. Raises KeyError if there is no section with that name."""
    found = of[name]
    if not isinstance(found, dict):
        raise KeyError(name)
    return found
