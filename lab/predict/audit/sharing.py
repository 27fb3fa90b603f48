"""FL2: redundancy that is only apparent. A flow has several connections, but all of them need one common component."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from lab.model.audit import Code, Severity
from lab.model.plan import Role
from lab.model.prediction import FlowPrediction
from lab.model.topology import Connection, VpnConnection
from lab.model.where import where
from lab.predict.audit.bearers import bearers
from lab.predict.audit.design import UNNAMED, Design, Line, edge_of, flows_of, listed
from lab.predict.audit.rule import Hit, Rule

_Member = Callable[[Line, str], bool]


def _shared(design: Design, what: tuple[str, ...], says: str, key: str, member: _Member) -> Iterator[Hit]:
    """Every component of these kinds (`what`) whose failure cuts off flows, if no failure of one connection cuts off the same flows.

    - `says`: the words between the connections and the component, such as `end at`
    - `key`: the key with which a connection names the component in the file
    - `member`: whether a connection uses the component
    """
    for name in design.kinds(*what):
        lines = [line for line in design.lines if member(line, name)]
        cut = _apparent(design, design.cut_by(name), lines)
        if cut:
            flows = {each.flow for each in cut}
            lines = [line for line in lines if design.reach(line) & flows] or lines
            yield Hit(
                where=(*where(lines[-1]), key),
                subject=name,
                message=f"{listed(line.name for line in lines)} {says} {name}, and nothing else carries {flows_of(cut)}",
                revealed_by=f"{name} fails",
            )


def _apparent(design: Design, cut: Iterable[FlowPrediction], lines: Sequence[Line]) -> list[FlowPrediction]:
    """The flows of `cut` that no failure of a single one of these connections cuts off. [] if there is only one connection.

    A flow that the failure of one connection cuts off has no redundancy at all (FL1), so it is not reported here.
    """
    alone = {each.flow for line in lines for each in design.cut_by(line.name)}
    return [each for each in cut if each.flow not in alone] if lines[1:] else []


def _routers(design: Design) -> Iterator[Hit]:
    for hit in _shared(design, (Role.EDGE.value, Role.CUSTOMER_GATEWAY.value), "end on", "", lambda line, name: edge_of(line) == name):
        yield Hit(where=design.where_edge(hit.subject), subject=hit.subject, message=hit.message, revealed_by=f"{hit.subject} restarts")


def _boxes(design: Design) -> Iterator[Hit]:
    at = {nat.name: (*where(center), "nat", nat.name) for center in design.topology.data_centers for nat in center.nat}
    for hit in _shared(design, (Role.NAT.value,), "leave by the NAT box", "", partial(_by_nat, design)):
        yield Hit(where=at[hit.subject], subject=hit.subject, message=hit.message, revealed_by=f"{hit.subject} restarts")


def _providers(design: Design) -> Iterator[Hit]:
    """A provider whose failure cuts flows off. It carries only circuits, or only VPNs. `_one_company` finds a provider of both."""
    kinds = {name: {type(line) for line in design.lines if line.provider == name} for name in {line.provider for line in design.lines}}
    for hit in _shared(design, ("carrier", "internet provider"), "run over", "provider", _by_provider):
        if len(kinds[hit.subject]) == 1 and hit.subject not in UNNAMED:
            yield hit
    for name in UNNAMED:
        yield from _unnamed(design, [line for line in design.lines if line.provider == name])


def _unnamed(design: Design, lines: list[Line]) -> Iterator[Hit]:
    """Connections whose provider is not in the file. One provider may carry all of them."""
    broken = design.broken
    cut = _apparent(design, (each for each in design.without(lines).flows if not each.reachable and each.flow not in broken), lines)
    if cut:
        names = listed(line.name for line in lines)
        yield Hit(
            where=where(lines[-1]),
            subject=lines[-1].name,
            message=f"the file names no provider of {names}, so one may carry them all, and nothing else carries {flows_of(cut)}",
            severity=Severity.NOTE,
            revealed_by="one provider that carries them all fails",
        )


def _at_location(line: Line, name: str) -> bool:
    return isinstance(line, Connection) and line.location == name


def _on_device(line: Line, name: str) -> bool:
    return isinstance(line, Connection) and f"{line.location}-{line.device}" == name


def _by_nat(design: Design, line: Line, name: str) -> bool:
    return isinstance(line, VpnConnection) and design.nat(line.customer_gateway) == name


def _by_provider(line: Line, name: str) -> bool:
    return line.provider == name


def _at_risk(line: Line, name: str) -> bool:
    return name in line.shared_risk


def _idle(design: Design) -> Iterator[Hit]:
    """A connection that carries no flow, even when all other connections of its sites have failed, although there are flows for it."""
    under = bearers(design.topology)
    for line in design.lines:
        others = [each for each in design.companions(line) if each.name != under.get(line.name)]
        if not others or line.name in under.values():  # a circuit under a VPN carries what the VPN carries
            continue
        reach = (design.reach(line) if design.carries(line) else design.needing((line, *others))) - design.broken
        if not reach:
            continue
        if reach <= design.needing(others):
            names = listed(each.name for each in others)
            yield Hit(
                where=where(line),
                subject=line.name,
                message=f"{line.name} carries no flow even when {names} {'fail' if others[1:] else 'fails'}{_why_idle(design, line)}",
                revealed_by=f"{names} {'fail' if others[1:] else 'fails'}",
            )


def _over_its_circuit(design: Design) -> Iterator[Hit]:
    """A private-IP VPN beside flows that the circuit under it carries without the VPN."""
    under = bearers(design.topology)
    for vpn in design.topology.vpn_connections:
        if vpn.over is None:
            continue
        circuit = under[vpn.name]
        clear = [flow for flow in design.healthy.flows if any({circuit, vpn.gateway} <= set(path) for path in flow.paths)]
        if clear:
            yield Hit(
                where=(*where(vpn), "over"),
                subject=vpn.name,
                message=f"{vpn.name} runs over {circuit}, which carries {flows_of(clear)} in clear text",
                revealed_by=f"{circuit} goes dark",
            )


def _why_idle(design: Design, line: Line) -> str:
    return "" if design.carries(line) else ": it has no virtual interface"


def _one_company(design: Design) -> Iterator[Hit]:
    """A VPN that is the backup of a circuit, although the same company carries both."""
    for vpn in design.topology.vpn_connections:
        circuits = [each for each in design.companions(vpn) if isinstance(each, Connection) and each.provider == vpn.provider]
        if circuits and design.stood_in_for(vpn):
            names = listed(each.name for each in circuits)
            yield Hit(
                where=(*where(vpn), "provider"),
                subject=vpn.name,
                message=f"{vpn.name} is a backup of {names}, but {vpn.provider} carries {'all of them' if circuits[1:] else 'both'}",
                revealed_by=f"{vpn.provider} fails",
            )


def _needs_all(design: Design) -> Iterator[Hit]:
    """A LAG that is down as soon as one of its members fails."""
    for circuit in design.topology.connections:
        if circuit.lag and circuit.lag.members > 1 and circuit.lag.spare == 0:
            yield Hit(
                where=(*where(circuit), "lag", "minimum_links"),
                subject=circuit.name,
                message=f"the LAG {circuit.name} needs all its {circuit.lag.members} members, so each of them takes all of it down",
                revealed_by=f"{circuit.lag.names(circuit.name)[0]} goes dark",
            )


RULES = (
    Rule(
        look=_routers,
        code=Code(
            code="FL201",
            severity=Severity.ERROR,
            title="Several connections end on one router",
            symptom="The flow is cut off while the router restarts, though it has several connections.",
            revealed_by="the router restarts",
            remedy="Let one of the connections end on another router.",
            section_8=(1, 2),
        ),
    ),
    Rule(
        look=partial(_shared, what=("Direct Connect location",), says="end at", key="location", member=_at_location),
        code=Code(
            code="FL202",
            severity=Severity.ERROR,
            title="Several circuits end at one Direct Connect location",
            symptom="The flow is cut off while the location is lost: a power failure, a fire, or work in the building.",
            revealed_by="the location fails",
            remedy="Let one of the circuits end at another location, or add a VPN as backup.",
            section_8=(10,),
        ),
    ),
    Rule(
        look=partial(_shared, what=(Role.DX_DEVICE.value,), says="end on AWS's device", key="device", member=_on_device),
        code=Code(
            code="FL203",
            severity=Severity.ERROR,
            title="Several circuits end on one AWS device",
            symptom="The flow is cut off while AWS works on the device. It gives notice of planned work only.",
            revealed_by="maintenance of the device",
            remedy="Ask AWS for a connection on another device (awsLogicalDeviceId), or better at another location.",
            section_8=(10,),
        ),
    ),
    Rule(
        look=_providers,
        code=Code(
            code="FL204",
            severity=Severity.WARNING,
            title="All connections are from one provider",
            symptom="The flow is cut off when the provider's whole network fails.",
            revealed_by="the provider fails",
            remedy="Take one of the connections from another provider. If they are from two already, write their names.",
            section_8=(11,),
        ),
    ),
    Rule(
        look=partial(_shared, what=("shared risk",), says="share", key="shared_risk", member=_at_risk),
        code=Code(
            code="FL205",
            severity=Severity.ERROR,
            title="Several connections share one risk",
            symptom="The flow is cut off by one event: an excavator in the duct, a fire in the building.",
            revealed_by="the shared risk comes true",
            remedy="Lay one of the connections along another route, and have the provider confirm it in writing.",
            section_8=(2, 11),
        ),
    ),
    Rule(
        look=_idle,
        code=Code(
            code="FL206",
            severity=Severity.WARNING,
            title="A connection is a backup of nothing",
            symptom="In everyday use nobody notices it. When the other connections fail, this one carries no flow.",
            revealed_by="all other connections fail",
            remedy="Look at its virtual interface, allowed prefixes and static routes: some route is missing in one direction.",
            section_8=(14, 32),
        ),
    ),
    Rule(
        look=_one_company,
        code=Code(
            code="FL207",
            severity=Severity.WARNING,
            title="The VPN runs over the provider that also carries the circuit",
            symptom="One fault inside the provider can take the circuit and its backup together.",
            revealed_by="the provider fails",
            remedy="Take the internet line of the VPN from another provider.",
            section_8=(39,),
        ),
    ),
    Rule(
        look=_needs_all,
        code=Code(
            code="FL208",
            severity=Severity.WARNING,
            title="A LAG needs all its members",
            symptom="One dead member takes the whole LAG down. Two members then fail twice as often as one connection.",
            revealed_by="a member goes dark",
            remedy="Write a smaller minimum_links, if fewer members carry the traffic. Otherwise let a second connection take over.",
            section_8=(30,),
        ),
    ),
    Rule(
        look=_boxes,
        code=Code(
            code="FL209",
            severity=Severity.ERROR,
            title="Several connections leave by one NAT box",
            symptom="The flow is cut off while the box restarts, though it has several gateways: AWS knows them by the box's address.",
            revealed_by="the NAT box restarts",
            remedy="Give one of the customer gateways a public address of its own, or another NAT box.",
            section_8=(2,),
        ),
    ),
    Rule(
        look=_over_its_circuit,
        code=Code(
            code="FL210",
            severity=Severity.WARNING,
            title="A VPN runs over the circuit that carries its flows in clear text",
            symptom="Nothing is encrypted, and when the circuit fails, its VPN fails with it.",
            revealed_by="a look at the packets, or the circuit goes dark",
            remedy="Announce only the outer addresses on the virtual interface (announce), and leave VPCs out of allowed_prefixes. "
            "A backup needs another circuit, or the internet.",
            section_8=(38,),
        ),
    ),
)
