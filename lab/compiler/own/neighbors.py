"""Read the neighbors of a customer's configuration. Settings of a peer group count for its members."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address

from lab.compiler.own.placeholders import Line
from lab.compiler.own.statements import Statement
from lab.model.ip import Address
from lab.model.router import Bfd, Neighbor

USUAL_TIMERS = (60, 180)
"""FRR's keepalive and hold time in seconds, if a configuration has none (`frr defaults traditional`)."""
_OWN_AS_AGAIN = 3
"""How often FRR's `allowas-in` without a number accepts the own ASN."""
_WITHOUT_EFFECT = {
    ("activate",),
    ("no", "activate"),
    ("shutdown",),
    ("send-community",),
    *(("send-community", kind) for kind in ("all", "both", "extended", "large", "standard")),
    ("soft-reconfiguration", "inbound"),
    ("disable-connected-check",),
    ("advertisement-interval", "0"),
}
"""Settings that change no route here. Those that end a session are looked at elsewhere."""


@dataclass(kw_only=True)
class Spoken:
    """What a configuration says of one neighbor. `settings`: each with its statement; a negated one begins with `no`."""

    address: Address
    first: Statement
    settings: list[tuple[tuple[str, ...], Statement]] = field(default_factory=list)

    def has(self, *words: str) -> bool:
        """Whether a setting is exactly these words."""
        return any(setting == words for setting, _ in self.settings)

    def line_of(self, word: str) -> int:
        """The line of the last setting that begins with a word, or of the neighbor."""
        return next((each.number for setting, each in reversed(self.settings) if setting[0] == word), self.first.number)


def spoken(statements: Iterable[Statement], unread: list[Statement]) -> tuple[Spoken, ...]:
    """All neighbors with an IPv4 address. Other ones are added to `unread`."""
    groups: dict[str, list[tuple[tuple[str, ...], Statement]]] = {}
    found: dict[str, Spoken] = {}
    for name, setting, each in _settings(statements):
        address = _address(name)
        if setting[:1] == ("peer-group",) and address is None:
            groups.setdefault(name, [])
        elif address is not None:
            neighbor = found.setdefault(name, Spoken(address=address, first=each))
            neighbor.settings.append((setting, each))
        elif name in groups:
            groups[name].append((setting, each))
        else:
            unread.append(each)
    for neighbor in found.values():
        joined = [setting[1] for setting, _ in neighbor.settings if setting[0] == "peer-group" and len(setting) > 1]
        own = [each for each in neighbor.settings if each[0][0] != "peer-group"]
        neighbor.settings = [*(each for name in joined for each in groups.get(name, ())), *own]
    return tuple(found.values())


def _settings(statements: Iterable[Statement]) -> Iterator[tuple[str, tuple[str, ...], Statement]]:
    for each in statements:
        match each.words:
            case ("neighbor", name, *setting) if setting:
                yield name, tuple(setting), each
            case ("no", "neighbor", name, *setting) if setting:
                yield name, ("no", *setting), each


def read_neighbor(told: Spoken, line: Line, asn: int, timers: tuple[int, int], unread: list[Statement]) -> Neighbor:
    """A neighbor as values. Settings that have none are added to `unread`."""
    neighbor = Neighbor(address=told.address, remote_as=0, node=line.far_node, keepalive=timers[0], hold=timers[1])
    for setting, each in told.settings:
        changed = _about_session(neighbor, setting, line, asn) or _about_routes(neighbor, setting)
        if changed is None and setting not in _WITHOUT_EFFECT and setting[0] != "description" and setting[:2] != ("timers", "connect"):
            unread.append(each)
        neighbor = changed or neighbor
    return neighbor


def _about_session(neighbor: Neighbor, setting: Sequence[str], line: Line, asn: int) -> Neighbor | None:  # noqa: PLR0911
    """The neighbor with one more setting of its session. None if it is no such setting."""
    usual = neighbor.bfd or Bfd(local=line.near, interface=line.interface)
    match setting:
        case ("remote-as", value) if value.isdigit() or value == "internal":
            return replace(neighbor, remote_as=asn if value == "internal" else int(value))
        case ("remote-as", "external"):
            return replace(neighbor, remote_as=line.asn if line.asn != asn else 0)
        case ("local-as", value, "no-prepend", "replace-as") if value.isdigit():
            return replace(neighbor, local_as=int(value))
        case ("password", key):
            return replace(neighbor, password=key)
        case ("timers", keepalive, hold) if keepalive.isdigit() and hold.isdigit():
            return replace(neighbor, keepalive=int(keepalive), hold=int(hold))
        case ("bfd",):
            return replace(neighbor, bfd=usual)
        case ("bfd", "check-control-plane-failure"):
            return replace(neighbor, bfd=replace(usual, checks_control_plane=True))
        case ("bfd", multiplier, receive, transmit) if multiplier.isdigit() and receive.isdigit() and receive == transmit:
            return replace(neighbor, bfd=replace(usual, interval=int(receive), multiplier=int(multiplier)))
        case ("update-source", source) if source in {str(line.near), line.interface}:
            return neighbor
    return None


def _about_routes(neighbor: Neighbor, setting: Sequence[str]) -> Neighbor | None:  # noqa: PLR0911 - one for each setting
    """The neighbor with one more setting of what is told and heard. None if it is no such setting."""
    match setting:
        case ("route-map", name, "in"):
            return replace(neighbor, map_in=name)
        case ("route-map", name, "out"):
            return replace(neighbor, map_out=name)
        case ("next-hop-self",) | ("next-hop-self", "force"):
            return replace(neighbor, next_hop_self=True)
        case ("route-reflector-client",):
            return replace(neighbor, reflector_client=True)
        case ("addpath-tx-all-paths",):
            return replace(neighbor, send_all_paths=True)
        case ("allowas-in",):
            return replace(neighbor, allowas_in=_OWN_AS_AGAIN)
        case ("allowas-in", times) if times.isdigit():
            return replace(neighbor, allowas_in=int(times))
        case ("maximum-prefix", most) if most.isdigit():
            return replace(neighbor, maximum_prefix=int(most))
    return None


def _address(name: str) -> Address | None:
    try:
        return IPv4Address(name)
    except ValueError:
        return None
