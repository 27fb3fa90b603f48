"""A running lab as it is now: sessions, tunnels, routes, flows, faults."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lab.model.status import LabStatus, SessionStatus, TunnelStatus
from lab.program import COMMAND
from lab.views.json_text import json_text
from lab.views.report.flow_lines import arrowed
from lab.views.report.words import ARROWS

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
        return Text(f"differs from its plan (a fault in force; `{COMMAND} lab-heal` puts it right)", _ALARM)
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
