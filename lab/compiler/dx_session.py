"""What both ends of a virtual interface's BGP session agree on."""

from lab.model.topology import VirtualInterface


def dx_password(vif: VirtualInterface) -> str:
    """The session's MD5 key: AWS asks for one on every virtual interface, 6-80 characters. No secret: a lab's circuit ends in the lab."""
    return f"md5-of-{vif.name}"
