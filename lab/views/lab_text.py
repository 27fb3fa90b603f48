"""A lab that came up, what healing found, and figures measured: for people on a console, for programs as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from statistics import median

from rich.console import Console
from rich.table import Table
from rich.text import Text

from lab.model.catalogue import FaultKind
from lab.model.figure import Figure
from lab.model.outcome import LabFacts
from lab.model.status import Comparison, HandFault, Healed
from lab.views.json_text import json_text


def print_lab(console: Console, facts: LabFacts) -> None:
    """The lab in a line, and what to do with it."""
    took = "was up already" if facts.up_seconds is None else f"up in {facts.up_seconds:.1f} s"
    kind = f"{facts.nodes} nodes, {facts.links} links, {facts.timers} timers, {facts.ipsec} IPsec"
    console.print(Text.assemble((facts.topology, "bold"), f" {took}: all tunnels, sessions and flows are good  ({kind})"), soft_wrap=True)
    console.print("next: ./inv lab-status, lab-shell NODE, lab-break FAULT TARGET, lab-test, lab-down", style="dim", soft_wrap=True)


def lab_json(facts: LabFacts) -> str:
    """The same as JSON; keys are the names of `LabFacts`."""
    return json_text({"schema": 1, **asdict(facts)})


def print_removed(console: Console, labs: Sequence[str], named: str | None) -> None:
    """The labs that were removed, a line each; of one that was `named`, or of all, that there was nothing."""
    for lab in labs:
        console.print(Text(f"{lab} removed"), soft_wrap=True)
    if not labs:
        console.print(Text(f"{named or 'labs'}: nothing to remove"), soft_wrap=True)


def removed_json(labs: Sequence[str]) -> str:
    """The same as JSON, under `removed`."""
    return json_text({"schema": 1, "removed": list(labs)})


def print_healed(console: Console, healed: Healed) -> None:
    """What differed from the plan and was put right, a line each; then what was compared to prove that nothing does any more."""
    for difference in healed.found:
        console.print(Text(difference.put_right), soft_wrap=True)
    console.print(Text(f"the lab equals its plan; all flows pass  ({_compared(healed.comparison)})", "green"), soft_wrap=True)


def _compared(comparison: Comparison) -> str:
    """How many of what were compared, in a line."""
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


def healed_json(healed: Healed) -> str:
    """What differed as JSON, under `healed`, and what was compared in the end."""
    return json_text({"schema": 1, "healed": [asdict(difference) for difference in healed.found], "compared": asdict(healed.comparison)})


def hand_fault_json(fault: HandFault) -> str:
    """A fault put in by hand as JSON; keys are the names of `HandFault`."""
    return json_text({"schema": 1, **asdict(fault)})


def print_figures(console: Console, figures: Sequence[Figure]) -> None:
    """Minimum, median and maximum of each figure."""
    table = Table(box=None, pad_edge=False, header_style="dim")
    for heading in ("figure", "n", "min", "median", "max", ""):
        table.add_column(heading, justify="left" if heading in {"figure", ""} else "right")
    for figure in figures:
        spread = (min(figure.readings), median(figure.readings), max(figure.readings))
        table.add_row(figure.name, str(len(figure.readings)), *(f"{value:.2f}" for value in spread), figure.unit)
    console.print(table)


def figures_json(figures: Sequence[Figure]) -> str:
    """Every reading as JSON, under `figures`."""
    return json_text({"schema": 1, "figures": [asdict(figure) for figure in figures]})


def faults_text(kinds: Sequence[FaultKind]) -> str:
    """What each kind of fault does and takes: two lines a kind, three where it has parameters."""
    return "\n".join(line for kind in kinds for line in _lines_of(kind))


def faults_json(kinds: Sequence[FaultKind]) -> str:
    """The same as JSON, under `faults`; keys are the names of `FaultKind`, but for `checks`, which the page in docs has."""
    told = [{key: value for key, value in asdict(kind).items() if key != "checks"} for kind in kinds]
    return json_text({"schema": 1, "faults": told})


def _lines_of(kind: FaultKind) -> Iterator[str]:
    yield f"{kind.name:22}{kind.description}"
    yield f"{'':22}target: {kind.targets}"
    if kind.parameters:
        said = (f"{each.name}={each.example}{' (needed)' if each.needed else ''}" for each in kind.parameters)
        yield f"{'':22}parameters: {', '.join(said)}"
