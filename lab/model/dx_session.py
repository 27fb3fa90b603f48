"""What the customer chooses for a BGP session on a virtual interface."""

from dataclasses import dataclass
from enum import Enum

from lab.model.customer_side import CustomerSide


class LocalPreference(Enum):
    """The community that a customer adds to its announcements on a virtual interface.

    AWS ranks its paths to the customer by it (D26 2.3).
    """

    LOW = "7224:7100"
    MEDIUM = "7224:7200"
    HIGH = "7224:7300"


@dataclass(frozen=True, slots=True, kw_only=True)
class Ipv6Session:
    """The BGP session of a virtual interface for IPv6, beside the one for IPv4. The fields mean the same as those of `VirtualInterface`."""

    bfd: bool
    local_preference: LocalPreference | None
    as_path_prepend: int
    customer: CustomerSide
