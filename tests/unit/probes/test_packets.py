"""Probe packets as scapy reads them, before and after the sender writes another number into them."""

import socket
import struct
import subprocess
import sys
from pathlib import Path

import pytest
from scapy.layers.inet import IP, UDP
from scapy.layers.inet6 import IPv6
from scapy.layers.l2 import Ether

from lab.api.outlines import read_outline
from lab.model.plan import Timers
from lab.model.probe_ports import PROBE_PORTS
from lab.probes import sender
from lab.probes.packets import probe_frame
from lab.probes.wire import FIRST_PORT, IP_CHECKSUM_OFFSET, IP_ID_OFFSET, KEEPER_PORT, MAGIC, PAYLOAD, SEQUENCE_OFFSET, SMALLEST
from tests.shipped import ROOT, shipped_plan
from tests.told_cases import case

FLOW = shipped_plan().flows[0]
IPV6_FLOW = read_outline(str(case("ipv6-without-bfd")), Timers.TUNED).flows[1]
STREAM = 3
SEQUENCES = [0, 1, 31, 32, 65_535, 65_536, 65_537, 70_000, 131_071, 2**31, 2**32 - 1]


def _sent(sequence: int) -> bytes:
    """The frame that the sender sends for a number, through a real socket."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with far:
        stream = sender._open(near.detach(), probe_frame(FLOW.source, FLOW.target, STREAM))
        with stream.line:
            sender._send(stream, 12_345)  # an earlier number must leave nothing behind
            far.recv(2048)
            sender._send(stream, sequence)
        return far.recv(2048)


def _ones_complement_sum(header: bytes) -> int:
    total = sum(struct.unpack(f"!{len(header) // 2}H", header))
    while total > 0xFFFF:
        total = (total & 0xFFFF) + (total >> 16)
    return total


def test_the_first_frame_goes_from_the_host_to_its_router_and_the_packet_to_the_other_host() -> None:
    frame = Ether(probe_frame(FLOW.source, FLOW.target, STREAM))
    assert (frame.src, frame.dst) == (FLOW.source.mac, FLOW.source.gateway_mac)
    assert (frame[IP].src, frame[IP].dst, frame[IP].ttl, frame[IP].id) == (str(FLOW.source.address), str(FLOW.target.address), 64, 0)
    assert (frame[UDP].dport, frame[UDP].chksum) == (FIRST_PORT + STREAM, 0)
    assert PAYLOAD.unpack(bytes(frame[UDP].payload)) == (MAGIC, STREAM, 0)


@pytest.mark.parametrize("first", [FIRST_PORT, KEEPER_PORT])
def test_the_two_directions_of_a_flow_are_one_conversation(first: int) -> None:
    there, back = (
        Ether(probe_frame(*ends, stream, first_port=first))
        for ends, stream in (((FLOW.source, FLOW.target), 4), ((FLOW.target, FLOW.source), 5))
    )
    assert (there[IP].src, there[UDP].sport, there[IP].dst, there[UDP].dport) == (
        back[IP].dst,
        back[UDP].dport,
        back[IP].src,
        back[UDP].sport,
    )
    assert (there[UDP].dport % 2, back[UDP].dport % 2) == (0, 1)
    assert {there[UDP].dport, back[UDP].dport} <= set(PROBE_PORTS)


@pytest.mark.parametrize("size", [SMALLEST, 1500])
def test_a_packet_may_not_be_fragmented(size: int) -> None:
    assert Ether(probe_frame(FLOW.source, FLOW.target, STREAM, size))[IP].flags == "DF"


@pytest.mark.parametrize("size", [SMALLEST, SMALLEST + 1, 1400, 1500])
def test_a_packet_has_the_wanted_length_and_is_padded_behind_its_number(size: int) -> None:
    data = probe_frame(FLOW.source, FLOW.target, STREAM, size)
    frame = Ether(data)
    assert (len(data), frame[IP].len, frame[UDP].len) == (14 + size, size, size - 20)
    assert bytes(frame[UDP].payload) == PAYLOAD.pack(MAGIC, STREAM, 0) + b"\0" * (size - SMALLEST)
    assert _ones_complement_sum(data[14:34]) == 0xFFFF


def test_the_shortest_packet_is_the_default() -> None:
    assert len(probe_frame(FLOW.source, FLOW.target, STREAM)) == 14 + SMALLEST == 58


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_packet_changed_in_place_is_valid_and_has_its_number(sequence: int) -> None:
    data = _sent(sequence)
    frame = Ether(data)
    assert frame[IP].id == sequence & 0xFFFF
    assert PAYLOAD.unpack(bytes(frame[UDP].payload)) == (MAGIC, STREAM, sequence)
    assert _ones_complement_sum(data[14:34]) == 0xFFFF, "the IP checksum is wrong"


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_nothing_else_in_a_packet_changes_with_its_number(sequence: int) -> None:
    frames = [bytearray(probe_frame(FLOW.source, FLOW.target, STREAM)), bytearray(_sent(sequence))]
    for frame in frames:
        for offset, length in ((IP_ID_OFFSET, 2), (IP_CHECKSUM_OFFSET, 2), (SEQUENCE_OFFSET, 4)):
            frame[offset : offset + length] = bytes(length)
    assert frames[0] == frames[1]


def test_a_host_whose_own_link_is_down_still_counts_its_packets_as_sent() -> None:
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    far.close()
    stream = sender._open(near.detach(), probe_frame(FLOW.source, FLOW.target, STREAM))
    with stream.line:
        sender._send(stream, 1)


@pytest.mark.parametrize("variables", [{}, {"XDG_CACHE_HOME": "theirs"}])
def test_building_packets_writes_nothing_into_the_users_home(tmp_path: Path, variables: dict[str, str]) -> None:
    script = "import os; before = dict(os.environ); import lab.probes.packets, lab.probes.capture; assert dict(os.environ) == before"
    environment = {"HOME": str(tmp_path), "PYTHONPATH": str(ROOT)} | variables
    result = subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("sequence", SEQUENCES)
def test_a_probe_over_ipv6_has_a_right_checksum_whatever_its_number(sequence: int) -> None:
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    with far:
        stream = sender._open(near.detach(), probe_frame(IPV6_FLOW.source, IPV6_FLOW.target, STREAM))
        with stream.line:
            sender._send(stream, 12_345)
            far.recv(2048)
            sender._send(stream, sequence)
        frame = far.recv(2048)
    packet = Ether(frame)[IPv6]
    assert (packet.src, packet.dst, packet.hlim) == (str(IPV6_FLOW.source.address), str(IPV6_FLOW.target.address), 64)
    assert PAYLOAD.unpack(bytes(packet[UDP].payload)) == (MAGIC, STREAM, sequence)
    sent = packet[UDP].chksum
    del packet[UDP].chksum
    assert IPv6(bytes(packet))[UDP].chksum == sent


def test_a_probe_over_ipv6_may_be_longer() -> None:
    packet = Ether(probe_frame(IPV6_FLOW.source, IPV6_FLOW.target, STREAM, 1500))[IPv6]
    assert len(packet) == 1500
