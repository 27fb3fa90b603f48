"""Sites: what AWS cannot know about a network. The user says it in `sites.yaml`, and `import-aws` needs it."""

from dataclasses import dataclass
from ipaddress import IPv4Network

from lab.model.customer_side import USUAL, CustomerSide
from lab.model.dx_session import LocalPreference
from lab.model.interconnect import Interconnect
from lab.model.nat import Nat
from lab.model.topology import FlowIntent
from lab.model.tunnel_options import Initiator


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A router of a site. `ends`: the AWS ids of what ends on it: customer gateways, Direct Connect connections, LAGs."""

    name: str
    ends: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A site of the customer. `asn`: None if AWS knows it, because something of AWS ends here. All else is as in a topology."""

    name: str
    prefixes: tuple[IPv4Network, ...]
    edges: tuple[Edge, ...]
    asn: int | None = None
    allowas_in: int = 0
    announce: tuple[IPv4Network, ...] = ()
    default_route_from: str | None = None
    edges_originate: bool = False
    is_stateful: bool = False
    nat: tuple[Nat, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """AWS ids that have something in common, and its name: a provider or a shared risk."""

    name: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSettings:
    """The settings of the user's own router on a virtual interface or VPN connection.

    - `over`: AWS's id of the virtual interface that carries a private-IP VPN.
    - `section`: `virtual_interfaces` or `vpn_connections`. `id`: AWS's id.
    - `bfd` and `local_preference` are for virtual interfaces only, `tunnels`, `wrong_key`, `bandwidth` and `initiator` for VPN connections
      only. All fields mean what they mean in a topology.
    """

    section: str
    id: str
    bfd: bool = False
    local_preference: LocalPreference | None = None
    as_path_prepend: int = 0
    customer: CustomerSide = USUAL
    tunnels: int = 2
    wrong_key: int | None = None
    over: str | None = None
    bandwidth: int | None = None
    initiator: Initiator = Initiator.CUSTOMER


@dataclass(frozen=True, slots=True, kw_only=True)
class Sites:
    """All answers of a user.

    - `flows`: None if the user names none, and then the importer chooses them.
    - `names`: for an AWS id, the name that it gets in the topology.
    - `leave_out`: AWS ids that the user does not want in the topology.
    """

    name: str
    summary: str
    sites: tuple[Site, ...]
    providers: tuple[Group, ...] = ()
    shared_risks: tuple[Group, ...] = ()
    interconnects: tuple[Interconnect, ...] = ()
    own_settings: tuple[OwnSettings, ...] = ()
    flows: tuple[FlowIntent, ...] | None = None
    names: tuple[tuple[str, str], ...] = ()
    leave_out: tuple[str, ...] = ()
