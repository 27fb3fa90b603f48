"""Your network: what can be made of a topology without a lab."""

from invoke.context import Context

from lab.door import columns, say, verb
from lab.door.command import command
from lab.door.files import write
from lab.door.help import DEFAULT_HELP, DEFAULT_TOPOLOGY, JSON_HELP, SEVERAL_HELP
from lab.errors import InputError


@command({"topology TOPOLOGY": SEVERAL_HELP, "json FILE": JSON_HELP}, several=["topology"])
@verb
def validate(_: Context, topology: list[str] | None = None, json: str | None = None) -> int:
    """Find every mistake in topologies and their checks.

    Names the file and the line of each. Needs no lab and no root.
    """
    from lab.api import validate as validate_api
    from lab.views.before.problems import reviewed_json, reviewed_text

    reviewed = validate_api.validate(tuple(topology or ()))
    if json != "-":
        write("-", reviewed_text(reviewed, columns()))
    write(json, reviewed_json(reviewed))
    return InputError.exit_code if any(each.problems for each in reviewed) else 0


@command(
    {
        "topology TOPOLOGY": DEFAULT_HELP,
        "format svg|mermaid|dot": "the language of the picture (default: mermaid)",
        "file FILE": "write the picture to FILE (default: standard output)",
    }
)
@verb
def graph(_: Context, topology: str = DEFAULT_TOPOLOGY, format: str = "mermaid", file: str | None = None) -> int:
    """Draw a picture of a network.

    Needs no lab and no root.
    """
    from lab.api import paper

    write(file or "-", paper.picture(topology, format, say))
    return 0


@command({"kind topology|check": "topology or check", "markdown": "a table of all keys instead: what each may be and what it means"})
@verb
def schema(_: Context, kind: str, markdown: bool = False) -> int:
    """Print the JSON Schema of a topology or a check.

    An editor uses it to complete and check what you write.
    """
    from lab.api import paper

    write("-", paper.keys(kind) if markdown else paper.schema(kind))
    return 0
