"""Whether every session that the network needs can come up with a customer's configuration."""

from collections.abc import Iterator, Sequence

from lab.compiler.own.placeholders import Line
from lab.compiler.own.reading import Read
from lab.compiler.own.statements import Statement
from lab.errors import Problem
from lab.model.own_router import LISTS_FROM
from lab.model.router import Neighbor

_SHORTEST_HOLD = 3
"""The shortest hold time that AWS accepts, in seconds (3.2)."""


def misfits(read: Read, statements: Sequence[Statement], lines: Sequence[Line], asn: int, file: str) -> Iterator[Problem]:
    """A problem for each session of the network that cannot come up, and for each neighbor that is not in the network."""
    heads = [each for each in statements if each.words[:2] == ("router", "bgp")]
    if len(heads) != 1 or len(heads[0].words) != 3:
        at = heads[-1].number if heads else 1
        yield Problem(
            place=f"{file}:{at}", message=f"expected one block 'router bgp {asn}', found {len(heads)} (write it once, without vrf)"
        )
        return
    if read.router.asn != asn:
        message = f"expected 'router bgp {asn}', this router's ASN, found {read.router.asn} (write ${{asn}}, or change asn in the topology)"
        yield Problem(place=f"{file}:{read.bgp}", message=message)
        return
    neighbors = {each.address: each for each in read.router.neighbors}
    for line in lines:
        if line.far in neighbors:
            for number, message in _misfits(read, line, neighbors[line.far]):
                yield Problem(place=f"{file}:{number}", message=f"neighbor {line.neighbor}: {message}")
        else:
            message = f"there is no neighbor {line.neighbor}, and the lab waits for its session"
            yield Problem(place=f"{file}:{read.bgp}", message=f"{message} (write neighbor {line.neighbor} remote-as ${{{line.name}.asn}})")
    for address, told in read.told.items():
        if address not in neighbors:
            known = ", ".join(line.neighbor for line in lines)
            yield Problem(place=f"{file}:{told.first.number}", message=f"this network has no neighbor {address} (known: {known})")
    yield from _low_entries(read, statements, file)


def _misfits(read: Read, line: Line, found: Neighbor) -> Iterator[tuple[int, str]]:
    """What keeps a session down: the line of the file, and the message."""
    told = read.told[line.far]
    if found.remote_as != line.asn:
        yield told.line_of("remote-as"), f"expected remote-as {line.asn}, found {found.remote_as or 'none'} (write ${{{line.name}.asn}})"
    if found.local_as is not None:
        yield told.line_of("local-as"), f"the other end expects AS {read.router.asn}, not {found.local_as} (remove local-as)"
    if told.has("shutdown"):
        yield told.line_of("shutdown"), "it is shut down, and the lab waits for its session (remove shutdown; a check has bgp-shutdown)"
    if told.has("no", "activate") or (read.activates_none and not told.has("activate")):
        yield told.first.number, "it is not active for IPv4 (write activate in address-family ipv4 unicast)"
    if found.password != line.password:
        yield told.line_of("password"), _other_key(line)
    if found.hold < _SHORTEST_HOLD:
        yield told.line_of("timers"), f"expected a hold time of {_SHORTEST_HOLD} s or more, found {found.hold} (AWS refuses less)"
    if line.bfd is not None and line.bfd != bool(found.bfd):
        yield told.line_of("bfd"), _other_bfd(line)


def _other_key(line: Line) -> str:
    if line.password is None:
        return "the other end has no MD5 key (remove password)"
    return f"expected the lab's MD5 key (write password ${{{line.name}.password}}; a real key stays out of a lab)"


def _other_bfd(line: Line) -> str:
    if line.password is None:
        return "AWS has no BFD on a VPN (remove bfd)"
    if line.bfd:
        return f"it has no bfd, but the topology gives {line.name} BFD, and FRR keeps BGP down then (write bfd, or bfd: false there)"
    return f"it has bfd, but the topology gives {line.name} none (write bfd: true there, or remove bfd)"


def _low_entries(read: Read, statements: Sequence[Statement], file: str) -> Iterator[Problem]:
    """Entries of outbound route-maps with numbers that the lab's faults use."""
    names = {each.map_out for each in read.router.neighbors}
    for each in statements:
        words = each.words
        if words[0] == "route-map" and words[1:2] and words[1] in names and words[-1].isdigit() and int(words[-1]) < LISTS_FROM:
            message = f"the lab's faults use the numbers below {LISTS_FROM} of outbound route-maps (number it from {LISTS_FROM} up)"
            yield Problem(place=f"{file}:{each.number}", message=f"{' '.join(words)!r}: {message}")
