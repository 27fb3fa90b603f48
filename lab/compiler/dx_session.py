"""The MD5 key of a BGP session on a virtual interface. Both ends of the session need the same key."""

from lab.model.topology import VirtualInterface


def dx_password(vif: VirtualInterface) -> str:
    """The MD5 key of the virtual interface's session. AWS requires one of 6-80 characters. Inside a lab it need not be secret."""
    return f"md5-of-{vif.name}"
