"""Placeholders: `${vif1.aws}` in a customer's configuration stands for an address that the lab chooses."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from lab.compiler.blueprint import Blueprint
from lab.compiler.dx_session import dx_password
from lab.errors import Problem
from lab.model.ip import Address
from lab.model.own_router import OwnConfiguration
from lab.spelling import near

_PLACEHOLDER = re.compile(r"\$\{([^}]*)(\}?)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One BGP session that the network needs, from the edge's side.

    - `name`: of the virtual interface, the tunnel, or the core router. `far_node`: the router at the other end
    - `near`, `far`: the addresses of the edge and of the other end. `interface`, `far_interface`: their interfaces
    - `far_name`, `near_name`: the last parts of the two addresses' placeholders
    - `bfd`: whether BFD must be there, or must not. None: the edge may have it, and the other end does as it does
    """

    name: str
    far_node: str
    near: Address
    far: Address
    interface: str
    far_interface: str
    far_name: str
    near_name: str
    asn: int
    password: str | None = None
    bfd: bool | None = None

    @property
    def neighbor(self) -> str:
        """The placeholder of the other end's address."""
        return f"${{{self.name}.{self.far_name}}}"

    def placeholders(self) -> Iterator[tuple[str, str]]:
        """Each placeholder of the session, with its value."""
        yield f"{self.name}.{self.far_name}", str(self.far)
        yield f"{self.name}.{self.near_name}", str(self.near)
        yield f"{self.name}.interface", self.interface
        yield f"{self.name}.asn", str(self.asn)
        if self.password is not None:
            yield f"{self.name}.password", self.password


def lines_of(blueprint: Blueprint, edge: str) -> tuple[Line, ...]:
    """The sessions of an edge: to its core router, in its tunnels with BGP, and on its virtual interfaces."""
    return (_core(blueprint, edge), *_tunnels(blueprint, edge), *_vifs(blueprint, edge))


def placeholders(blueprint: Blueprint, edge: str, lines: Sequence[Line]) -> Mapping[str, str]:
    """Every placeholder of an edge, with its value."""
    own = {"asn": str(blueprint.asn_of(edge)), "router-id": str(blueprint.router_id(edge))}
    return own | dict(each for line in lines for each in line.placeholders())


def filled(own: OwnConfiguration, known: Mapping[str, str], problems: list[Problem]) -> str:
    """The text with values in place of its placeholders. Adds a problem for each placeholder that does not exist."""
    return "\n".join(_filled(own, number, line, known, problems) for number, line in enumerate(own.text.split("\n"), start=1))


def _filled(own: OwnConfiguration, number: int, line: str, known: Mapping[str, str], problems: list[Problem]) -> str:
    if line.lstrip().startswith(("!", "#")):
        return "!"

    def value(found: re.Match[str]) -> str:
        name, end = found[1], found[2]
        if end and name in known:
            return known[name]
        problems.append(Problem(place=f"{own.file}:{number}", message=_unknown(own.router, name if end else found[0][:40], known, end)))
        return "0.0.0.0"  # noqa: S104 - no address is bound; the text is refused

    return _PLACEHOLDER.sub(value, line)


def _unknown(router: str, name: str, known: Mapping[str, str], end: str) -> str:
    if not end:
        return f"the placeholder {name!r} has no end (write for instance ${{{next(iter(known))}}})"
    meant = near(name, known)
    guess = f"did you mean ${{{meant}}}?; " if meant else ""
    return f"{router} has no placeholder ${{{name[:40]}}} ({guess}known: {', '.join(f'${{{each}}}' for each in known)})"


def _core(blueprint: Blueprint, edge: str) -> Line:
    pair, site = blueprint.core_edge[edge], blueprint.center_of(edge)
    name = f"{site.name}-core"
    return Line(
        name=name,
        far_node=name,
        near=pair.b.ip,
        far=pair.a.ip,
        interface=pair.b.name,
        far_interface=pair.a.name,
        far_name="core",
        near_name="edge",
        asn=site.asn,
    )


def _tunnels(blueprint: Blueprint, edge: str) -> Iterator[Line]:
    for site in blueprint.tunnels_of(edge):
        if not site.vpn.static_routes:
            customer, aws = site.tunnel.customer, site.tunnel.aws
            yield Line(
                name=site.tunnel.name,
                far_node=aws.node,
                near=customer.inside.ip,
                far=aws.inside.ip,
                interface=customer.device,
                far_interface=aws.device,
                far_name="aws",
                near_name="customer",
                asn=blueprint.gateway(site.vpn.gateway).asn,
                bfd=False,
            )


def _vifs(blueprint: Blueprint, edge: str) -> Iterator[Line]:
    for site in blueprint.vifs:
        if site.connection.edge == edge:
            yield Line(
                name=site.vif.name,
                far_node=site.device,
                near=site.customer.ip,
                far=site.aws.ip,
                interface=site.customer.name,
                far_interface=site.aws.name,
                far_name="aws",
                near_name="customer",
                asn=site.amazon_asn,
                password=dx_password(site.vif),
                bfd=site.vif.bfd,
            )
