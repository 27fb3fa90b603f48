"""The facts about a run: its labs, hosts, capabilities and versions, and the command that makes the page again."""

from collections.abc import Iterator, Sequence

from lab.model.outcome import Report
from lab.model.run import HostFacts, LabFacts
from lab.program import COMMAND
from lab.views.counted import counted
from lab.views.html.markup import Content, Markup, tag
from lab.views.report.words import JOURNAL, journals, runs, span

_TIMERS = {
    "tuned": "tuned (the best a customer may configure: BGP 1/3 s, BFD 300 ms × 3 where the topology has it)",
    "default": "default (what AWS and a bare router do: VPN BGP 10/30 s, Direct Connect 30/90 s, no BFD)",
}


def facts_of_lab(lab: LabFacts) -> Markup:
    """The facts of one lab, on one line."""
    words = [
        counted(lab.nodes, "node"),
        counted(lab.links, "link"),
        f"{lab.timers} timers",
        f"IPsec in {'user space' if lab.ipsec == 'userspace' else 'the kernel'}",
        f"circuits: {lab.circuits}",
        f"up in {span(lab.up_seconds)}" if lab.up_seconds is not None else "found running",
        f"down in {span(lab.down_seconds)}" if lab.down_seconds is not None else "left running",
    ]
    return tag("p.facts", " · ".join(words))


def host(report: Report) -> Markup:
    """The hosts, their capabilities, and the versions of programs in the image of the nodes."""
    of_runs = runs(report)
    hosts = [(f" (run {number})", run.host) for number, run in enumerate(report.runs, start=1)] if of_runs else [("", report.host)]
    rows: list[tuple[str, Content]] = [
        *((f"run {number}", words) for number, words in enumerate(of_runs, start=1)),
        *(row for which, each in hosts for row in _host(which, each)),
        *((name, version) for name, version in report.images),
        *(("timers", _TIMERS.get(timers, timers)) for timers in dict.fromkeys(lab.timers for lab in report.labs)),
        ("failover-lab", report.version or "unknown"),
    ]
    return tag("section.host", tag("h2", "Host and versions"), described(rows))


def _host(which: str, host: HostFacts) -> Iterator[tuple[str, Content]]:
    yield f"kernel{which}", host.kernel or "unknown"
    yield f"processors{which}", str(host.cpus)
    yield f"kernel can{which}", _listed(name for name, has in host.capabilities if has)
    yield f"kernel cannot{which}", _listed(name for name, has in host.capabilities if not has)


def described(rows: Sequence[tuple[str, Content]]) -> Markup:
    """A list of names, each with its value."""
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in rows))


def closing(report: Report) -> Markup:
    """The names of the files with the raw numbers, and the command that makes the page again."""
    kept = [name for _, name in journals(report)]
    files = (tag("a", name, at={"href": name}) for name in ("report.json", "junit.xml", "summary.md", *kept))
    of = "journals" if kept[1:] else "journal"
    command = f"{COMMAND} lab-report {' '.join(kept or [JOURNAL])} --report DIR"
    again = tag("p", f"This page is made from the {of}. To make it again: ", tag("code", command))
    return tag("footer", tag("p.files", "Raw numbers beside this page: ", *_spaced(files)), again)


def _listed(names: Iterator[str]) -> str:
    return ", ".join(names) or "none"


def _spaced(parts: Iterator[Markup]) -> Iterator[Content]:
    for part in parts:
        yield part
        yield " "
