"""What a run ran on: labs, the host and what it can, versions; and how to get this page again."""

from collections.abc import Iterator, Sequence

from lab.model.outcome import LabFacts, Report
from lab.views.html.markup import Content, Markup, tag
from lab.views.report_words import counted, span

_TIMERS = {
    "tuned": "tuned (the best a customer may configure: BGP 1/3 s, BFD 300 ms × 3 where the topology has it)",
    "default": "default (what AWS and a bare router do: VPN BGP 10/30 s, Direct Connect 30/90 s, no BFD)",
}


def facts_of_lab(lab: LabFacts) -> Markup:
    """How one lab was built, in a line."""
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
    """The host, its capabilities and the versions in the node image."""
    facts = report.host
    rows: list[tuple[str, Content]] = [
        ("kernel", facts.kernel or "unknown"),
        ("processors", str(facts.cpus)),
        ("kernel can", _listed(name for name, has in facts.capabilities if has)),
        ("kernel cannot", _listed(name for name, has in facts.capabilities if not has)),
        *((name, version) for name, version in report.images),
        *(("timers", _TIMERS.get(timers, timers)) for timers in dict.fromkeys(lab.timers for lab in report.labs)),
        ("failover-lab", report.version or "unknown"),
    ]
    return tag("section.host", tag("h2", "Host and versions"), described(rows))


def described(rows: Sequence[tuple[str, Content]]) -> Markup:
    """Names and what stands behind them."""
    return tag("dl", *(tag("div", tag("dt", name), tag("dd", value)) for name, value in rows))


def closing(report: Report) -> Markup:
    """Where the numbers are, and how this page is made again."""
    files = (
        tag("a", name, at={"href": name}) if name != "journal.jsonl" or report.journal else Markup("")
        for name in ("report.json", "junit.xml", "summary.md", "journal.jsonl")
    )
    again = tag("p", "Everything here is a projection of the journal: ", tag("code", "./inv lab-report journal.jsonl --report DIR"))
    return tag("footer", tag("p.files", "Raw numbers beside this page: ", *_spaced(files)), again)


def _listed(names: Iterator[str]) -> str:
    return ", ".join(names) or "none"


def _spaced(parts: Iterator[Markup]) -> Iterator[Content]:
    for part in parts:
        yield part
        yield " "
