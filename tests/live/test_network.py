"""The running network is encrypted on the internet, and wired as planned. For its AWS behaviour see the folder `behaviour`."""

from pathlib import Path

import pytest
from scapy.layers.inet import IP, UDP
from scapy.utils import rdpcap

from lab.probes.capture import capture_link
from lab.probes.streams import streaming
from lab.probes.wire import MAGIC
from lab.runtime.lab import RunningLab
from tests.live.commands import inv
from tests.waiting import wait_for

INTERNET_LINKS = ("dc1-gw1--isp-a", "dc1-gw2--isp-a", "dc2-gw1--isp-b", "dc2-gw2--isp-b", "isp-a--internet", "isp-b--internet")


@pytest.mark.parametrize("name", INTERNET_LINKS)
def test_in_a_capture_of_the_internet_site_traffic_is_esp_in_udp_and_never_clear_text(lab: RunningLab, name: str, tmp_path: Path) -> None:
    busy = not name.endswith("gw2--isp-a") and not name.endswith("gw2--isp-b")  # the second appliances carry only hellos
    with streaming(lab) as streams:
        wait_for(lambda: streams.not_yet_through(20) == (), "probes on every flow")
        capture_link(lab, lab.plan.link(name), tmp_path / "link.pcap", print, limit=400 if busy else 4)
    assert MAGIC not in (tmp_path / "link.pcap").read_bytes()
    carried = [packet for packet in rdpcap(str(tmp_path / "link.pcap")) if IP in packet]
    assert carried
    for packet in carried:
        assert packet[IP].src.startswith(("198.51.100.", "203.0.113.")), packet.summary()
        assert packet[IP].dst.startswith(("198.51.100.", "203.0.113.")), packet.summary()
        assert UDP in packet
        assert 4500 in {packet[UDP].sport, packet[UDP].dport}
    esp = [packet for packet in carried if bytes(packet[UDP].payload)[:4] not in {b"\0\0\0\0", b"\xff"}]
    assert len(esp) > len(carried) / 2


def test_both_ends_of_every_cable_have_different_kernel_indexes(lab: RunningLab) -> None:
    """With equal indexes the far end would see a lost carrier up to 0.7 s late."""
    indexes = {node.name: {name: index for index, name in lab.interface_names(node.name).items()} for node in lab.plan.nodes}
    for link in lab.plan.links:
        assert indexes[link.a.node][link.a.interface] != indexes[link.b.node][link.b.interface], link.name


def test_a_command_reaches_the_node_as_typed(lab: RunningLab) -> None:
    result = inv("lab-exec", "dc1-gw1", "-t", lab.plan.name, "--", "sh", "-c", 'printf "%s|" "$@"; exit 7', "x", "a  b", "$HOME", '"q"')
    assert result.stdout == 'a  b|$HOME|"q"|'
    assert result.returncode == 7


def test_a_traceroute_shows_every_router_through_a_tunnel(lab: RunningLab) -> None:
    result = inv("lab-exec", "dc1-host", "-t", lab.plan.name, "--", "traceroute", "-n", "-q", "1", "app-host")
    hops = [line.split()[1] for line in result.stdout.splitlines()[1:]]
    inside = {str(tunnel.aws.inside.ip) for tunnel in lab.plan.tunnels}
    assert (hops[0], hops[-1], len(hops), len(inside & set(hops))) == ("10.1.0.1", "172.31.0.10", 5, 1)


TOOLS = """
set -e
! grep -q iperf3 /proc/[0-9]*/comm
mtr --report --report-cycles 1 --gracetime 0.2 --no-dns 10.1.0.1 | grep -q 10.1.0.1
(echo "HTTP/1.0 200 OK"; echo; echo page) | nc -l -N -p 8080 >/dev/null &
until curl --silent --max-time 2 http://127.0.0.1:8080 | grep -q page; do kill -0 $!; done
iperf3 --server --one-off >/dev/null &
until iperf3 --client 127.0.0.1 --bytes 1K >/dev/null 2>&1; do kill -0 $!; done
echo text | less | grep -q text
tcpdump --version 2>&1 | grep -q version
"""


def test_what_an_engineer_types_is_in_a_node_and_none_of_it_runs_by_itself(lab: RunningLab) -> None:
    result = inv("lab-exec", "dc1-host", "-t", lab.plan.name, "--", "sh", "-c", TOOLS)
    assert (result.returncode, result.stdout, result.stderr) == (0, "", "")
