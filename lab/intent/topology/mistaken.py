"""Recognize a check file that was given as a topology."""

from pathlib import Path

from lab.intent.document.file import Document
from lab.intent.document.finding import Finding
from lab.program import COMMAND

_OF_A_CHECK = ("expect", "steps")
_OF_A_TOPOLOGY = ("data_centers", "regions", "flows")


def refuse_a_check(document: Document) -> None:
    """Raise InputError if the document is a check.

    It has only one problem, which says what to type instead. (Otherwise every key would be one.)
    """
    if document.data.keys().isdisjoint(_OF_A_CHECK) or not document.data.keys().isdisjoint(_OF_A_TOPOLOGY):
        return
    way_out = f"to run it: {COMMAND} lab-test -t {_topology_of(document.path)} --check {document.path.stem}"
    document.refuse([Finding(where=(), message=f"this file is a check, and a topology is wanted here ({way_out})")])


def _topology_of(check: Path) -> str:
    """What to give as the topology of a check: its name, or its file if it is in another folder."""
    if check.absolute().parent.parent.name != "checks":
        return "TOPOLOGY"
    folder, name = check.parent.parent.parent, check.absolute().parent.name
    files = (place / f"{name}{end}" for place in (folder / "topologies", folder) for end in (".yaml", ".yml"))
    file = next((file for file in files if file.is_file()), None)
    return str(file) if file and file.parent != Path("topologies") else name
