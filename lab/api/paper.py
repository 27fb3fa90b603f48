"""Draw topologies, and print JSON Schemas. This needs no lab."""

from collections.abc import Callable

from lab.api.files import read_plan
from lab.api.origin import topology_origin
from lab.errors import InputError, Problem
from lab.intent import json_schemas
from lab.model.plan import Ipsec, Timers
from lab.model.sketch import Sketch, sketch_of
from lab.views.graph import dot, mermaid, svg
from lab.views.reference.keys import keys_markdown

_FORMATS: dict[str, Callable[[Sketch], str]] = {"svg": svg, "mermaid": mermaid, "dot": dot}


def picture(topology: str, form: str, say: Callable[[str], None]) -> str:
    """A picture of a topology as text. `form`: svg, mermaid or dot."""
    if form not in _FORMATS:
        raise InputError([Problem(place="--format", message=f"'{form}' is not a known format (known: {', '.join(_FORMATS)})")])
    deployable = read_plan(topology, Timers.TUNED, Ipsec.USERSPACE)
    if line := topology_origin(deployable):
        say(line)
    return _FORMATS[form](sketch_of(deployable.plan))


def keys(kind: str) -> str:
    """A Markdown table of all keys of a YAML file. `kind`: `topology`, `check` or `sites`. The table is made from the JSON Schema."""
    return keys_markdown(schema(kind))


def schema(kind: str) -> str:
    """The JSON Schema of a YAML file, which editors use. `kind`: `topology`, `check` or `sites`."""
    known = json_schemas()
    if kind not in known:
        raise InputError([Problem(place="schema", message=f"there is no schema of '{kind}' (known: {', '.join(known)})")])
    return known[kind]
