"""The alarms of a topology in CloudWatch: those that AWS's guides recommend, and those in the file.

Sources: Site-to-Site VPN User Guide, "Monitor tunnels with CloudWatch" (`Minimum` < 1: any tunnel is down, `Maximum` < 1: all are down,
missing data is breaching); Direct Connect User Guide, "Monitor with Amazon CloudWatch". The period is CloudWatch's default, 5 minutes.
"""

from collections.abc import Iterator

from lab.model.alarm import Alarm, Comparison, Metric, MissingData, Statistic
from lab.model.topology import Topology, VirtualInterface


def alarms(topology: Topology) -> tuple[Alarm, ...]:
    """All alarms of a topology. An alarm in the file replaces the recommended alarm with the same name."""
    default = default_alarms(topology) if topology.default_alarms else ()
    return tuple({alarm.name: alarm for alarm in (*default, *topology.alarms)}.values())


def default_alarms(topology: Topology) -> tuple[Alarm, ...]:
    """The alarms that AWS's guides recommend, for each VPN connection, connection and virtual interface."""
    return tuple(_default(topology))


def _default(topology: Topology) -> Iterator[Alarm]:
    for vpn in topology.vpn_connections:
        if vpn.working == 2:  # else it would ring for ever: AWS always makes two tunnels, and one is always down
            yield _below_one(f"{vpn.name}-any-tunnel-down", Metric.TUNNEL_STATE, vpn.name)
        yield _below_one(f"{vpn.name}-all-tunnels-down", Metric.TUNNEL_STATE, vpn.name, Statistic.MAXIMUM)
    for connection in topology.connections:
        yield _below_one(_connection_down(connection.name), Metric.CONNECTION_STATE, connection.name)
    for vif in topology.virtual_interfaces:
        yield from _of_virtual_interface(vif)


def _of_virtual_interface(vif: VirtualInterface) -> Iterator[Alarm]:
    yield _below_one(f"{vif.name}-bgp-down", Metric.BGP_STATUS, vif.name)
    yield _below_one(f"{vif.name}-bgp-down-connection-up", Metric.BGP_STATUS, vif.name, unless=_connection_down(vif.connection))
    yield _below_one(f"{vif.name}-no-prefixes-accepted", Metric.PREFIXES_ACCEPTED, vif.name)


def _connection_down(connection: str) -> str:
    return f"{connection}-connection-down"


def _below_one(name: str, metric: Metric, of: str, statistic: Statistic = Statistic.MINIMUM, unless: str | None = None) -> Alarm:
    return Alarm(
        name=name,
        metric=metric,
        dimensions=((metric.dimension, of),),
        statistic=statistic,
        comparison=Comparison.LESS,
        threshold=1.0,
        missing_data=MissingData.BREACHING,
        unless=unless,
    )
