"""The alarms that AWS's guides recommend, where they tell something."""

from dataclasses import replace

from lab.compiler.alarms import default_alarms
from tests.shipped import shipped_topology


def test_a_connection_with_one_tunnel_has_no_alarm_that_would_ring_for_ever() -> None:
    topology = shipped_topology("hybrid-backup")
    (vpn,) = topology.vpn_connections
    lone = replace(topology, vpn_connections=(replace(vpn, tunnels=1),))
    both, one = ({alarm.name for alarm in default_alarms(each)} for each in (topology, lone))
    assert both - one == {"vpn1-any-tunnel-down"}
    assert "vpn1-all-tunnels-down" in one
