"""Show a running lab on one screen: the faults, the flows, and every node with its addresses and neighbors."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from lab.model.status import FlowStatus, LabStatus, SessionStatus
from lab.program import COMMAND
from lab.views.json_text import json_text
from lab.views.lab.status_parts import ALARM, ESTABLISHED, actions_of, differences_of, in_full, tunnel_words, unsettled_lines
from lab.views.report.flow_lines import arrowed
from lab.views.report.words import ARROWS

_DIFFERENCES = 4
"""At most this many differences from the plan are shown, so that everything fits on a screen of 40 lines."""

_ACTIONS = 4
"""At most this many actions of automations are shown: the last ones."""

_GAP = 2


def print_status(console: Console, status: LabStatus, *, every: bool = False) -> None:
    """Print the lab, its state, its flows and its nodes. With `every`: also all sessions, tunnels, routes and addresses."""
    kind = f"{status.topology}, {status.timers} timers, {status.ipsec} IPsec, {status.nodes} nodes"
    console.print(Text.assemble((status.lab, "bold"), "  ", kind), soft_wrap=not console.is_terminal)
    _print_state(console, status, None if every else _DIFFERENCES)
    if status.is_monitored:
        told = Text.assemble("monitor", "  ", (f"Prometheus and Alertmanager run ({COMMAND} lab-monitor opens their pages)", "dim"))
        console.print(told, soft_wrap=not console.is_terminal)
    if status.actions:
        _print_part(console, _title("automations", "what they did"), actions_of(status, None if every else _ACTIONS))
    title = f"not probed: {status.unprobed}" if status.unprobed else ""
    _print_part(console, _title("flows", title), _flows(status))
    if every:
        for word, count, rows in in_full(status):
            _print_part(console, _title(word, count), rows)
        return
    _print_nodes(console, status)
    up = sum(tunnel.up for tunnel in status.tunnels)
    if status.tunnels:
        count = f"{up} of {len(status.tunnels)} with IKE SA and child SA"
        _print_part(console, _title("tunnels", count), tunnel_words(status.tunnels, status.never_up))
    console.print(Text.assemble("routes", "  ", (_routes(status), "dim")), soft_wrap=not console.is_terminal)


def status_json(status: LabStatus) -> str:
    """The whole status as JSON. Keys are the fields of `LabStatus`."""
    return json_text({"schema": 1, **asdict(status), "converging": bool(status.unsettled)})


def _print_state(console: Console, status: LabStatus, most: int | None) -> None:
    """Print which differences from the plan there are, and what is still converging. At most `most` differences, all if None."""
    if status.flaws:
        _print_part(console, _title("flaws", "of the chapter"), ((Text(each),) for each in status.flaws))
    if status.is_concealed:
        told = f"a lab of a workshop: what is wrong is for you to find ({COMMAND} lab-heal undoes faults)"
        console.print(Text(told, "dim"), soft_wrap=not console.is_terminal)
    elif status.faulty:
        gone = any(each.trouble and each.trouble != "frozen" for each in status.inventory)
        what = "a fault or an action" if status.actions else "a fault"
        way_out = f"a container is gone; {COMMAND} lab-down, then lab-up" if gone else f"{what} in force; `{COMMAND} lab-heal` repairs it"
        title = Text(f"differs from its plan ({way_out})", ALARM)
        rows = list(differences_of(status))
        if most is not None and len(rows) > most:
            rows[most - 1 :] = [(Text(f"and {len(rows) - most + 1} more"), Text("(--all lists them)"))]
        _print_part(console, title, iter(rows))
    elif not status.unsettled:
        console.print(Text("as planned, no fault in force", "green"))
    for line in unsettled_lines(status.unsettled):
        console.print(Text(line, "bold yellow"), soft_wrap=not console.is_terminal)


def _print_part(console: Console, title: Text, rows: Iterator[tuple[Text, ...]]) -> None:
    console.print(title, soft_wrap=not console.is_terminal)
    table = Table.grid(padding=(0, _GAP, 0, 0))
    for number, row in enumerate(rows):
        if not number:
            for column in range(len(row)):
                table.add_column(no_wrap=column < len(row) - 1, overflow="fold")
        table.add_row(*row)
    if table.rows:
        console.print(Padding(table, (0, 0, 0, _GAP), expand=False))


def _title(word: str, count: str) -> Text:
    return Text.assemble(word, "  ", (count, "dim")) if count else Text(word)


def _flows(status: LabStatus) -> Iterator[tuple[Text, Text]]:
    turning = {each.name for each in status.unsettled if each.what == "flow" and each.changed}
    for flow in status.flows:
        words = Text("converging", "bold yellow") if f"{flow.flow} {flow.direction}" in turning else _way(flow)
        yield Text(f"{flow.flow} {ARROWS[flow.direction]}"), words


def _way(flow: FlowStatus) -> Text:
    """The path of a flow. If no packet arrives: the last node that packets passed."""
    if flow.reachable is None:
        return Text("not probed", "dim")
    if flow.reachable:
        return Text(arrowed(flow.path) or "reachable")
    seen = f"; last seen at {flow.lost_after[-1]}" if flow.lost_after else ""
    sent = f", whose route leads to {' or '.join(flow.sent_to)}" if flow.sent_to else ""
    return Text.assemble(("nothing gets through", ALARM), f"{seen}{sent}")


def _print_nodes(console: Console, status: LabStatus) -> None:
    """Print one entry for each node: its address, then its BGP neighbors with their addresses."""
    up = sum(session.state == ESTABLISHED for session in status.sessions)
    count = f"BGP neighbors; {up} of {len(status.sessions)} sessions Established, each counted at both ends" if status.sessions else ""
    addresses = {each.node: str(each.addresses[0].address.ip) if each.addresses else "" for each in status.inventory}
    widths = max(map(len, addresses), default=0), max(map(len, addresses.values()), default=0)
    room = console.width - sum(widths) - 3 * _GAP
    rows = [
        (Text(each.node), Text(addresses[each.node]), _neighbors(each.node, each.trouble, status.sessions, room))
        for each in status.inventory
    ]
    _print_part(console, _title("nodes", count), iter(rows))


def _neighbors(node: str, trouble: str | None, sessions: Sequence[SessionStatus], room: int) -> Text:
    """The BGP neighbors of a node, on lines.

    A name and its address are always on the same line. A state is shown if it is not Established.
    """
    if trouble:
        return Text(trouble, ALARM)
    lines = Text()
    used = 0
    for number, session in enumerate(each for each in sessions if each.node == node):
        at = f"{session.neighbor_node} {session.neighbor}"
        entry = Text(at) if session.state == ESTABLISHED else Text(f"{at} {session.state}", ALARM)
        if number:
            wraps = used + len(entry) + _GAP + 1 > room
            lines.append(",\n" if wraps else ", ")
            used = 0 if wraps else used + _GAP
        lines.append_text(entry)
        used += len(entry)
    return lines


def _routes(status: LabStatus) -> str:
    learned = f"{len(status.routes)} learned by BGP"
    if status.other_routes is None:
        return f"{learned} (--all lists them)"
    if not status.other_routes:
        return f"{learned}, the same as in the healthy lab"
    return f"{learned}, {status.other_routes} different from the healthy lab (--all lists them)"
