"""Counters and sessions are read from the texts of kernels and routers."""

import os
from ipaddress import IPv4Address

from lab.model.snapshot import Traffic
from lab.runtime.meters.counters import _has_carrier, drops, interfaces, parse_dev, parse_table
from lab.runtime.meters.sessions import parse_neighbors, parse_peers

DEV = """\
Inter-|   Receive                                                |  Transmit
 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
    lo:       0       0    0    0    0     0          0         0        0       0    0    0    0     0       0          0
eth1.101:11458     170    0    7    0     0          0         0    11567     172    0    9    0     0       0          0
"""
OWNERS = {IPv4Address("100.65.0.0"): "dc1-r1"}
UP = {"state": "Established", "pfxRcd": 2, "pfxSnt": 1}
GONE = 2**22 + 1
"""No process can have this number."""


def test_counters_of_an_interface() -> None:
    assert dict(parse_dev(DEV))["eth1.101"] == Traffic(
        in_bytes=11458, in_packets=170, in_dropped=7, out_bytes=11567, out_packets=172, out_dropped=9
    )


def test_a_table_of_the_kernel() -> None:
    text = "Ip: Forwarding InHdrErrors\nIp: 1 5\nIcmp: InMsgs\nIcmp: 0\n"
    assert parse_table(text, "Ip") == {"Forwarding": 1, "InHdrErrors": 5}
    assert parse_table(text, "Udp") == {}


def test_a_node_that_is_gone_has_no_counters() -> None:
    assert interfaces("dc1-r1", GONE) == ()
    assert drops(GONE) is None


def test_an_interface_that_vanishes_while_we_read_has_no_carrier_to_tell_of() -> None:
    assert _has_carrier(os.getpid(), "none0") is None
    assert _has_carrier(GONE, "lo") is None
    assert _has_carrier(os.getpid(), "lo") is True


def test_our_own_process_has_counters() -> None:
    assert all(each.interface != "lo" for each in interfaces("here", os.getpid()))
    assert drops(os.getpid()) is not None


def test_sessions_of_a_router() -> None:
    told = {"peers": {"100.65.0.0": UP, "100.64.0.7": {"state": "Active"}}}
    first, second = parse_neighbors("loc-a-1", told, OWNERS)
    assert (first.neighbor_node, first.established, first.accepted, first.advertised) == ("dc1-r1", True, 2, 1)
    assert (second.neighbor_node, second.established, second.accepted, second.advertised) == ("100.64.0.7", False, 0, 0)


def test_a_session_that_somebody_added_over_ipv6_or_by_interface_is_left_out() -> None:
    told = {"peers": {"fe80::1": UP, "eth0": UP, "100.65.0.0": UP}}
    assert [each.neighbor_node for each in parse_neighbors("loc-a-1", told, OWNERS)] == ["dc1-r1"]
    listed = {"list": [{"peer": "fe80::1", "status": "up"}, {"status": "up"}, {"peer": "100.65.0.0", "status": "up"}]}
    assert [each.peer_node for each in parse_peers("loc-a-1", listed, OWNERS)] == ["dc1-r1"]


def test_a_router_without_sessions() -> None:
    assert parse_neighbors("dc1-r1", {}, OWNERS) == ()
    assert parse_peers("dc1-r1", {}, OWNERS) == ()


def test_bfd_sessions_of_a_router() -> None:
    (told,) = parse_peers("loc-a-1", {"list": [{"peer": "100.65.0.0", "status": "down"}]}, OWNERS)
    assert (told.peer_node, told.up) == ("dc1-r1", False)
