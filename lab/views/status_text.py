"""How a lab, all labs and this host are now: for people on a console, for programs as JSON."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lab.model.status import Finding, LabListing, LabStatus, SessionStatus, TunnelStatus
from lab.views.flow_lines import arrowed
from lab.views.json_text import json_text
from lab.views.report_words import ARROWS

_ALARM = "bold red"


def print_status(console: Console, status: LabStatus) -> None:
    """The lab in a line, then what differs from its plan, flows, sessions, tunnels and routes."""
    kind = f"{status.topology}, {status.timers} timers, {status.ipsec} IPsec, {status.nodes} nodes"
    console.print(Text.assemble((status.lab, "bold"), "  ", kind), highlight=False, soft_wrap=True)
    _print_part(console, _differences_title(status), _differences(status))
    _print_part(console, _title("flows", f"not probed: {status.unprobed}") if status.unprobed else Text("flows"), _flows(status))
    up = sum(_up(session) for session in status.sessions)
    _print_part(
        console, _title("sessions", f"{up} of {len(status.sessions)} Established, each counted at both ends"), _sessions(status.sessions)
    )
    up = sum(tunnel.up for tunnel in status.tunnels)
    _print_part(console, _title("tunnels", f"{up} of {len(status.tunnels)} with IKE SA and child SA"), _tunnels(status.tunnels))
    _print_part(console, Text("routes"), _routes(status))


def status_json(status: LabStatus) -> str:
    """The same as JSON, whole: keys are the names of `LabStatus` and what it holds."""
    return json_text({"schema": 1, **asdict(status)})


def print_labs(console: Console, listings: Sequence[LabListing]) -> None:
    """One line a lab; a lab with nodes missing stands out."""
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
            console.print(Text(f"{listing.lab}: {_partial_words(listing)}", _ALARM), soft_wrap=True)


def _partial_words(listing: LabListing) -> str:
    if listing.held_by:
        return "is being made or removed"
    return "is not whole, since a command was killed while it made or removed it (./inv lab-up makes it anew, ./inv lab-down removes it)"


def labs_json(listings: Sequence[LabListing]) -> str:
    """The same as JSON, under `labs`."""
    return json_text({"schema": 1, "labs": [asdict(listing) for listing in listings]})


def print_findings(console: Console, findings: Sequence[Finding]) -> None:
    """One line a finding; under what is lacking, what follows from it and the way out."""
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for finding in findings:
        mark = Text("ok", "green") if finding.ok else Text("lacking", _ALARM)
        table.add_row(mark, Text(finding.name, "bold"), Text(finding.found))
        if not finding.ok:
            table.add_row("", Text("so", "dim"), Text(finding.consequence))
            table.add_row("", Text("way out", "dim"), Text(finding.way_out, "yellow"))
    console.print(table, highlight=False)


def findings_json(findings: Sequence[Finding]) -> str:
    """The same as JSON, under `findings`."""
    return json_text({"schema": 1, "findings": [asdict(finding) for finding in findings]})


def _print_part(console: Console, title: Text, rows: Iterator[tuple[Text, Text]]) -> None:
    console.print(title, highlight=False)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    for row in rows:
        table.add_row(*row)
    if table.rows:
        console.print(Padding(table, (0, 0, 0, 2), expand=False), highlight=False)


def _title(word: str, count: str) -> Text:
    return Text.assemble(word, "  ", (count, "dim"))


def _differences_title(status: LabStatus) -> Text:
    if status.differences:
        return Text("differs from its plan (a fault in force; `inv lab-heal` puts it right)", _ALARM)
    return Text("as planned, no fault in force", "green")


def _differences(status: LabStatus) -> Iterator[tuple[Text, Text]]:
    for fault in status.faults:
        yield Text("by hand"), Text.assemble((str(fault), "red"), f", since {fault.since.replace('T', ' ').partition('.')[0]} UTC")
    for difference in status.differences:
        yield Text(difference.place), Text.assemble((difference.found, "red"), f", planned: {difference.planned}")


def _flows(status: LabStatus) -> Iterator[tuple[Text, Text]]:
    for flow in status.flows:
        name = Text(f"{flow.flow} {ARROWS[flow.direction]}")
        if flow.reachable is None:
            yield name, Text("not probed", "dim")
        elif flow.reachable:
            yield name, Text(arrowed(flow.path) or "reachable")
        else:
            yield name, Text("nothing gets through", _ALARM)


def _up(session: SessionStatus) -> bool:
    return session.state == "Established"


def _sessions(sessions: Sequence[SessionStatus]) -> Iterator[tuple[Text, Text]]:
    """One line a node: its neighbors, with the state only where it is not the wanted one."""
    for node in dict.fromkeys(session.node for session in sessions):
        neighbors = [
            Text(session.neighbor_node) if _up(session) else Text(f"{session.neighbor_node} {session.state}", _ALARM)
            for session in sessions
            if session.node == node
        ]
        yield Text(node), Text(", ").join(neighbors)


def _tunnels(tunnels: Sequence[TunnelStatus]) -> Iterator[tuple[Text, Text]]:
    for tunnel in tunnels:
        state = f"IKE SA {tunnel.ike or 'missing'}, child SA {tunnel.child or 'missing'}"
        yield Text(tunnel.tunnel), Text(state, "" if tunnel.up else _ALARM)


def _routes(status: LabStatus) -> Iterator[tuple[Text, Text]]:
    """One line a route; a node is named where its routes begin."""
    previous = ""
    for route in status.routes:
        node = "" if route.node == previous else route.node
        previous = route.node
        hops = Text(", ".join(route.via) or "no next hop", "" if route.via else _ALARM)
        yield Text(node), Text.assemble(str(route.prefix).ljust(18), "  via ", hops)
