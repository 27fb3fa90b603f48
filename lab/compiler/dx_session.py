"""What both ends of a virtual interface's BGP session must agree on."""

from lab.model.topology import VirtualInterface


def dx_password(vif: VirtualInterface) -> str:
    """The session's MD5 key. AWS requires one of 6-80 characters on every virtual interface. It need not be secret inside a lab."""
    return f"md5-of-{vif.name}"
