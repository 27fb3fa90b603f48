"""The UDP ports of probes. Both directions of a flow are one conversation, as of a client and a server."""

PROBE_PORTS = range(7000, 8000)
"""All destination ports of probes. The forward direction of a flow goes to an even port, the reverse direction to the next one."""


def source_port(port: int) -> int:
    """The source port of probes to this port: the port to which the other direction of the flow goes.

    So packets of the reverse direction are replies to those of the forward direction for a firewall that keeps state.
    """
    return port ^ 1
