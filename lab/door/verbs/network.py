"""Your network: what can be made of a topology without a lab."""

from invoke.context import Context
from invoke.tasks import task

from lab.door import verb
from lab.door.files import write
from lab.door.help import DEFAULT_TOPOLOGY, LAB_HELP


@task(help={"topology": LAB_HELP, "format": "svg, mermaid or dot", "file": "write it here instead of to standard output"})
@verb
def graph(_: Context, topology: str = DEFAULT_TOPOLOGY, format: str = "mermaid", file: str | None = None) -> int:
    """A picture of the network; needs no lab and no root."""
    from lab.api import paper

    write(file or "-", paper.picture(topology, format))
    return 0


@task(help={"kind": "topology or check", "markdown": "every key as a table instead: what it may be and what it means"})
@verb
def schema(_: Context, kind: str, markdown: bool = False) -> int:
    """The JSON Schema of a topology or a check, for editors."""
    from lab.api import paper

    write("-", paper.keys(kind) if markdown else paper.schema(kind))
    return 0
