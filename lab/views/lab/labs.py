"""Show all labs on this host."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lab.model.status import LabListing
from lab.program import COMMAND
from lab.views.json_text import json_text

_ALARM = "bold red"


def print_labs(console: Console, listings: Sequence[LabListing]) -> None:
    """Print one line for each lab. A lab in which nodes are missing is marked."""
    if not listings:
        console.print("no lab is running")
        return
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("lab", "topology", "timers", "ipsec", "nodes", "held by"):
        table.add_column(heading, overflow="fold")
    for listing in listings:
        running = Text(f"{listing.running} of {listing.nodes}", "" if listing.running == listing.nodes else _ALARM)
        words = (listing.topology, listing.timers, listing.ipsec)
        table.add_row(Text(listing.lab, "bold"), *map(Text, words), running, Text(listing.held_by or "–"))
    console.print(table, highlight=False)
    for listing in listings:
        if listing.partial:
            console.print(Text(f"lab {listing.lab} {_partial_words(listing)}", _ALARM), soft_wrap=True)


def labs_json(listings: Sequence[LabListing]) -> str:
    """The labs as JSON, under `labs`."""
    return json_text({"schema": 1, "labs": [asdict(listing) for listing in listings]})


def _partial_words(listing: LabListing) -> str:
    if listing.held_by:
        return "is being deployed or removed"
    ways_out = f"{COMMAND} lab-up deploys it again, {COMMAND} lab-down removes it"
    return f"is incomplete, because a command was killed while it deployed or removed the lab ({ways_out})"
