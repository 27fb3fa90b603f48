"""Change by hand what a running charon has loaded, and compare it with the plan.

An SA keeps the configuration that it started with, so a new configuration needs a new SA. The new SA starts beside the old one. Only then
is the old one deleted, so almost no packet is lost.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import vici
from vici.exception import CommandException

from lab.errors import NodeError
from lab.model.plan import Node
from lab.model.status import TunnelStatus
from lab.runtime.ipsec import ike, swanctl
from lab.runtime.ipsec.swanctl import Section

_WRONG_KEY = "not-of-the-plan"
_SHORT_LIFE = 4
_SOON = {"rekey_time": "1s", "rand_time": "0s", "life_time": f"{_SHORT_LIFE}s"}
"""Short lifetimes of an ESP SA, so that an experiment takes seconds. Each side has its own; they are not negotiated (RFC 7296, 2.8)."""

_CARRYING = (b"INSTALLED", b"REKEYING", b"REKEYED")
"""States of an ESP SA that carries packets."""

_ENDING = b"DELETING"
"""The state of an IKE SA whose deletion has begun."""

_PATIENCE = "1500"
"""Wait this many milliseconds for an SA."""

_LAST_WORDS = 6
"""Lines of charon's log in an error."""


def status(pid: int, tunnel: str) -> TunnelStatus:
    """The state of a tunnel at a node. Works also if the node's charon does not answer."""
    try:
        return ike.tunnel_state(pid, tunnel)
    except NodeError:
        return TunnelStatus(tunnel=tunnel, ike="charon does not answer", child=None)


def terminate(customer: int, aws: int, tunnel: str) -> None:
    """Delete the IKE SA of a tunnel at both ends, given by the process ids of their nodes.

    First the customer: it would start the tunnel again after AWS's DELETE. Then AWS: after a fault an exchange may be unanswered for 10 s,
    and until then the customer cannot send its DELETE.
    """
    for pid in (customer, aws):
        ike.terminate(pid, tunnel)


def give_wrong_key(pid: int, tunnel: str) -> None:
    """Replace the pre-shared key of a tunnel. SAs remain: the key is used only at the start of an IKE SA (IKE_AUTH)."""
    with ike.speaking(pid, tunnel) as session:
        session.unload_shared({"id": _key_id(tunnel)})
        session.load_shared({"id": _WRONG_KEY, "type": "ike", "data": _WRONG_KEY})


def begin_without_pfs(pid: int, tunnel: str, node: Node) -> None:
    """Restart the tunnel with a connection that has no Diffie-Hellman group for ESP and rekeys soon.

    The tunnel comes up, because the first ESP SA (from IKE_AUTH) uses the IKE SA's keys. Rekeying is a separate exchange. A peer that
    requires a group refuses it (NO_PROPOSAL_CHOSEN).
    """
    with ike.speaking(pid, tunnel) as session:
        session.load_conn(without_pfs(tunnel, node))
        begin_beside(session, tunnel)


def without_pfs(tunnel: str, node: Node) -> Section:
    """The planned connection, but its ESP proposals have no Diffie-Hellman group and its lifetimes are seconds."""
    connections = _connections(node, tunnel)
    connection = swanctl.section(connections, tunnel)
    connection["rekey_time"] = f"{int(_seconds(connection)) - 1}s"  # else charon thinks it is the old connection, and keeps its IKE SA
    child = swanctl.section(swanctl.section(connection, "children"), tunnel)
    child["esp_proposals"] = [proposal.rpartition("-")[0] for proposal in child["esp_proposals"]]
    child.update(_SOON)
    return connections


def is_reconfigured(pid: int, tunnel: str, node: Node) -> bool:
    """Whether charon has another key or connection than planned. False if it does not answer."""
    try:
        return not is_planned(pid, tunnel, node)
    except NodeError:
        return False


def load_planned(pid: int, tunnel: str, node: Node) -> None:
    """Load the planned connection and key again. An SA from `begin_without_pfs` is replaced by a planned one."""
    if is_planned(pid, tunnel, node):
        return
    connections = _connections(node, tunnel)
    secrets = swanctl.section(swanctl.read(_secret_file(pid, tunnel).read_text()), "secrets")
    with ike.speaking(pid, tunnel) as session:
        session.unload_shared({"id": _WRONG_KEY})
        session.load_shared({"id": _key_id(tunnel), "type": "ike", "data": swanctl.section(secrets, _key_id(tunnel))["secret"]})
        if not _is_planned_connection(session, connections, tunnel):
            session.load_conn(connections)
        leave_planned(session, tunnel)


def leave_planned(session: "vici.Session", tunnel: str) -> None:
    """Keep the IKE SAs with the planned connection that carry packets. If only other SAs carry packets, first start a planned one.

    Both kinds exist if a command was killed between starting one and ending the other. charon then refuses a third.
    """
    short = {identifier: is_short_lived(sa) for identifier, sa in _sas(session, tunnel)}
    _end_all(session, tunnel, (each for each in short if short[each] is None))
    if True in short.values() and False not in short.values():
        _begin(session, tunnel)
    _end_all(session, tunnel, (each for each in short if short[each]))


def is_planned(pid: int, tunnel: str, node: Node) -> bool:
    """Whether charon has the planned key and connection, and no SA of another connection. Compares the key's name and the lifetimes:
    charon shows nothing else."""
    connections = _connections(node, tunnel)
    with ike.speaking(pid, tunnel) as session:
        keys = [key.decode() for key in session.get_shared()["keys"]]
        if keys != [_key_id(tunnel)] or not _is_planned_connection(session, connections, tunnel):
            return False
        return not any(is_short_lived(sa) for _, sa in _sas(session, tunnel))


def is_short_lived(sa: Mapping[str, Any]) -> bool | None:
    """Whether the ESP SA of an IKE SA (from vici's list-sas) has the short lifetime of a connection without PFS, counted from its start.
    None if no ESP SA carries packets."""
    carrying = [child for child in sa["child-sas"].values() if child["state"] in _CARRYING]
    lives = [int(child["install-time"]) + int(child["life-time"]) for child in carrying if "life-time" in child]
    return any(life <= _SHORT_LIFE for life in lives) if carrying else None


def _connections(node: Node, tunnel: str) -> Section:
    """What the node's charon for the tunnel loads at its start."""
    planned = next(file.text for file in node.files if file.path == f"ipsec/{tunnel}/swanctl.conf")
    return swanctl.section(swanctl.read(planned), "connections")


def begin_beside(session: "vici.Session", tunnel: str) -> None:
    """Start a new IKE SA, then end the old ones.

    charon refuses a third SA with the same connection. If a killed command has left one, the old ones end first, and some packets are lost.
    """
    old = [identifier for identifier, _ in _sas(session, tunnel)]
    try:
        _begin(session, tunnel)
    except NodeError:
        _end_all(session, tunnel, old)
        _begin(session, tunnel)
    else:
        _end_all(session, tunnel, old)


def _begin(session: "vici.Session", tunnel: str) -> None:
    """Start an IKE SA and its ESP SA. If charon cannot, the NodeError has the last lines of charon's own log."""
    said: list[str] = []
    try:
        for entry in session.initiate({"child": tunnel, "ike": tunnel, "timeout": _PATIENCE, "init-limits": "no", "loglevel": "1"}):
            said.append(entry["msg"].decode(errors="replace"))
    except CommandException as error:
        raise NodeError(f"tunnel {tunnel} cannot start: {error}. charon's last log lines: {'; '.join(said[-_LAST_WORDS:])}") from error


def _end_all(session: "vici.Session", tunnel: str, identifiers: Iterable[bytes]) -> None:
    for identifier in identifiers:
        end_sa(session, tunnel, identifier)


def end_sa(session: "vici.Session", tunnel: str, identifier: bytes) -> None:
    """Delete an IKE SA of a tunnel. Does nothing if the SA is gone. Raises CommandException if charon does not delete it."""
    try:
        list(session.terminate({"ike-id": identifier, "timeout": "-1"}))
    except CommandException:
        if identifier in dict(_sas(session, tunnel)):
            raise


def _sas(session: "vici.Session", tunnel: str) -> list[tuple[bytes, Mapping[str, Any]]]:
    """The IKE SAs of a tunnel, with their identifiers.

    An SA that is being deleted does not count: it carries packets only for a moment longer.
    """
    found = [sa for entry in session.list_sas({"ike": tunnel}) for sa in entry.values()]
    return [(sa["uniqueid"], sa) for sa in found if sa["state"] != _ENDING]


def _is_planned_connection(session: "vici.Session", connections: Section, tunnel: str) -> bool:
    planned = swanctl.section(connections, tunnel)
    child = swanctl.section(swanctl.section(planned, "children"), tunnel)
    loaded = [entry[tunnel] for entry in session.list_conns() if tunnel in entry]
    times = [(each["rekey_time"].decode(), each["children"][tunnel]["rekey_time"].decode()) for each in loaded]
    return times == [(_seconds(planned), _seconds(child))]


def _seconds(of: Section) -> str:
    return str(of["rekey_time"]).removesuffix("s")


def _key_id(tunnel: str) -> str:
    return f"ike-{tunnel}"


def _secret_file(pid: int, tunnel: str) -> Path:
    return Path(f"/proc/{pid}/root/lab/ipsec/{tunnel}/secret.conf")
