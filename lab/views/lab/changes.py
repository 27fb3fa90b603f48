"""Show what a command did to a lab: it deployed, removed, broke or repaired the lab."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from lab.model.run import LabFacts
from lab.model.status import Comparison, HandFault, Healed
from lab.program import COMMAND
from lab.views.json_text import json_text


def print_lab(console: Console, facts: LabFacts) -> None:
    """Print one line about a lab, and the commands that a user may need next."""
    took = "was running already" if facts.up_seconds is None else f"up in {facts.up_seconds:.1f} s"
    kind = f"{facts.nodes} nodes, {facts.links} links, {facts.timers} timers, {facts.ipsec} IPsec"
    but = f" but {', '.join(facts.never_up)}" if facts.never_up else ""
    _print(console, Text.assemble((facts.topology, "bold"), f" {took}: every tunnel{but}, session and flow works  ({kind})"))
    _print(console, Text(f"next: {COMMAND} lab-status, lab-shell NODE, lab-break FAULT TARGET, lab-test, lab-down", "dim"))


def lab_json(facts: LabFacts) -> str:
    """A lab as JSON. Keys are the fields of `LabFacts`."""
    return json_text({"schema": 1, **asdict(facts)})


def print_removed(console: Console, labs: Sequence[str], named: str | None) -> None:
    """Print a line for each removed lab, or one line if there was nothing to remove. `named`: the lab that the user named, None if none."""
    for lab in labs:
        _print(console, Text(f"{lab} removed"))
    if not labs:
        _print(console, Text(f"{named or 'labs'}: nothing to remove"))


def removed_json(labs: Sequence[str]) -> str:
    """The removed labs as JSON, under `removed`."""
    return json_text({"schema": 1, "removed": list(labs)})


def print_healed(console: Console, healed: Healed) -> None:
    """Print each difference that was repaired. Then print how many things were compared to prove that the lab equals its plan."""
    for difference in healed.found:
        _print(console, Text(difference.put_right))
    proof = (
        f"the lab equals its plan; every flow works  ({_compared(healed.comparison)})"
        if healed.comparison
        else "no fault is in force; what you configured in the routers stays"
    )
    _print(console, Text(proof, "green"))


def healed_json(healed: Healed) -> str:
    """The repaired differences as JSON under `healed`, and how many things were compared under `compared` (null in a workshop)."""
    compared = asdict(healed.comparison) if healed.comparison else None
    return json_text({"schema": 1, "healed": [asdict(difference) for difference in healed.found], "compared": compared})


def print_undone(console: Console, undone: Sequence[HandFault], left: Sequence[HandFault]) -> None:
    """Print each fault of `lab-break` that was undone, and what is still in force."""
    for fault in undone:
        _print(console, Text(f"{fault}: undone"))
    if left:
        _print(console, Text(f"still in force: {', '.join(map(str, left))}", "yellow"))
    else:
        _print(console, Text("no fault is in force; every flow works", "green"))


def undone_json(undone: Sequence[HandFault], left: Sequence[HandFault]) -> str:
    """The faults that were undone under `undone`, and those still in force under `in_force`. Keys are the fields of `HandFault`."""
    return json_text({"schema": 1, "undone": [asdict(fault) for fault in undone], "in_force": [asdict(fault) for fault in left]})


def hand_fault_json(fault: HandFault) -> str:
    """A fault of `lab-break` as JSON. Keys are the fields of `HandFault`."""
    return json_text({"schema": 1, **asdict(fault)})


def _compared(comparison: Comparison) -> str:
    """How many things of each kind were compared with the plan, in one line."""
    learned = (
        "routes learned by BGP: not known before" if comparison.learned_routes is None else f"{comparison.learned_routes} learned routes"
    )
    counts = (
        f"{comparison.nodes} nodes without a packet filter",
        f"{comparison.daemons} daemons",
        f"{comparison.interfaces} interfaces",
        f"{comparison.addresses} addresses",
        f"{comparison.static_routes} static and {learned}",
        f"{comparison.sessions} sessions",
        f"{comparison.tunnels} tunnels",
    )
    return "compared: " + ", ".join(counts)


def _print(console: Console, text: Text) -> None:
    """Print a text: without line breaks in a log, and with line breaks between words on a terminal."""
    console.print(text, soft_wrap=not console.is_terminal)
