"""Your network: what can be made of a topology without a lab."""

from invoke.context import Context
from invoke.tasks import task

from lab.door import columns, say, verb
from lab.door.files import write
from lab.door.help import DEFAULT_TOPOLOGY, JSON_HELP, LAB_HELP
from lab.errors import InputError


@task(
    help={"topology": f"{LAB_HELP}; may be given several times, the default is every topology in topologies/", "json": JSON_HELP},
    iterable=["topology"],
)
@verb
def validate(_: Context, topology: list[str] | None = None, json: str | None = None) -> int:
    """Everything that is wrong in topologies and their checks, by file and line; needs no lab and no root."""
    from lab.api import validate as validate_api
    from lab.views.before.problems import reviewed_json, reviewed_text

    reviewed = validate_api.validate(tuple(topology or ()))
    if json != "-":
        write("-", reviewed_text(reviewed, columns()))
    write(json, reviewed_json(reviewed))
    return InputError.exit_code if any(each.problems for each in reviewed) else 0


@task(help={"topology": LAB_HELP, "format": "svg, mermaid or dot", "file": "write it here instead of to standard output"})
@verb
def graph(_: Context, topology: str = DEFAULT_TOPOLOGY, format: str = "mermaid", file: str | None = None) -> int:
    """A picture of the network; needs no lab and no root."""
    from lab.api import paper

    write(file or "-", paper.picture(topology, format, say))
    return 0


@task(help={"kind": "topology or check", "markdown": "every key as a table instead: what it may be and what it means"})
@verb
def schema(_: Context, kind: str, markdown: bool = False) -> int:
    """The JSON Schema of a topology or a check, for editors."""
    from lab.api import paper

    write("-", paper.keys(kind) if markdown else paper.schema(kind))
    return 0
