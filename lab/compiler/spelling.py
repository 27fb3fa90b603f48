"""Spelling: fill a template with values. An unknown name in a template is an error, never an empty string."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # no circle is hidden: it is imported where the first template is filled
    from jinja2 import Environment


def spell(room: str, template: str, values: Mapping[str, object]) -> str:
    """Fill `templates/TEMPLATE.j2` of the package `room` with the values."""
    return _environment(room).get_template(f"{template}.j2").render(values)


@cache
def _environment(room: str) -> "Environment":
    """One environment for each package. It keeps the templates it has read."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - costs who spells nothing a tenth of their time

    return Environment(
        loader=PackageLoader(room),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - router configuration, no HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
