"""What a command did to a lab: made, removed, broke or healed it."""

from collections.abc import Sequence
from dataclasses import asdict

from rich.console import Console
from rich.text import Text

from lab.model.outcome import LabFacts
from lab.model.status import Comparison, HandFault, Healed
from lab.program import COMMAND
from lab.views.json_text import json_text


def print_lab(console: Console, facts: LabFacts) -> None:
    """The lab on one line, and the next commands."""
    took = "was up already" if facts.up_seconds is None else f"up in {facts.up_seconds:.1f} s"
    kind = f"{facts.nodes} nodes, {facts.links} links, {facts.timers} timers, {facts.ipsec} IPsec"
    _print(console, Text.assemble((facts.topology, "bold"), f" {took}: all tunnels, sessions and flows are good  ({kind})"))
    _print(console, Text(f"next: {COMMAND} lab-status, lab-shell NODE, lab-break FAULT TARGET, lab-test, lab-down", "dim"))


def lab_json(facts: LabFacts) -> str:
    """The same as JSON. The keys are the names of `LabFacts`."""
    return json_text({"schema": 1, **asdict(facts)})


def print_removed(console: Console, labs: Sequence[str], named: str | None) -> None:
    """Print a line for each removed lab, or one line that there was nothing to remove. `named`: the lab that the user asked for, if any."""
    for lab in labs:
        _print(console, Text(f"{lab} removed"))
    if not labs:
        _print(console, Text(f"{named or 'labs'}: nothing to remove"))


def removed_json(labs: Sequence[str]) -> str:
    """The same as JSON, under `removed`."""
    return json_text({"schema": 1, "removed": list(labs)})


def print_healed(console: Console, healed: Healed) -> None:
    """Each repaired difference from the plan, a line each. Then what was compared to prove that the lab equals its plan."""
    for difference in healed.found:
        _print(console, Text(difference.put_right))
    _print(console, Text(f"the lab equals its plan; all flows pass  ({_compared(healed.comparison)})", "green"))


def healed_json(healed: Healed) -> str:
    """As JSON: the repaired differences under `healed`, and what was compared under `compared`."""
    return json_text({"schema": 1, "healed": [asdict(difference) for difference in healed.found], "compared": asdict(healed.comparison)})


def hand_fault_json(fault: HandFault) -> str:
    """A fault that a user injected, as JSON. The keys are the names of `HandFault`."""
    return json_text({"schema": 1, **asdict(fault)})


def _compared(comparison: Comparison) -> str:
    """The number of compared things of each kind, on one line."""
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
    """A log gets it on one line. A terminal breaks it between words."""
    console.print(text, soft_wrap=not console.is_terminal)
