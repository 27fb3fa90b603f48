"""Fill templates with values. An unknown name in a template is an error, never an empty string."""

from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # imported late, because it loads slowly. No circular import is hidden.
    from jinja2 import Environment


def spell(room: str, template: str, values: Mapping[str, object]) -> str:
    """The text of the template `templates/TEMPLATE.j2` of the package `room`, filled with the values."""
    return _environment(room).get_template(f"{template}.j2").render(values)


@cache
def _environment(room: str) -> "Environment":
    """The template environment of a package. There is one for each package, and it keeps the templates that it has read."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # noqa: PLC0415 - slow; not needed by commands without a plan

    return Environment(
        loader=PackageLoader(room),
        undefined=StrictUndefined,
        autoescape=False,  # noqa: S701 - router configuration, no HTML
        trim_blocks=True,
        lstrip_blocks=True,
    )
