"""What tunnel options make of the IPsec files of both ends, and who starts a tunnel."""

import re
from dataclasses import replace

import pytest

from lab.model.plan import Plan
from lab.model.topology import Topology
from lab.model.tunnel_options import Cipher, DpdAction, Initiator, Integrity, StartupAction, Suite, TunnelOptions
from tests.networks import NETWORKS, planned
from tests.unit.compiler.reading import text_of

VPN = next(each for each in NETWORKS.values() if each.vpn_connections)


def _with(options: TunnelOptions, tunnels: int = 2) -> Topology:
    """The network with these options on all its VPN connections."""
    return replace(VPN, vpn_connections=tuple(replace(vpn, options=options, tunnels=tunnels) for vpn in VPN.vpn_connections))


def _ends(plan: Plan, file: str = "swanctl.conf") -> list[tuple[str, str]]:
    """The files of AWS's end and of the customer's end of each tunnel."""
    nodes = [(f"ipsec/{each.name}/{file}", plan.node(each.aws.node), plan.node(each.customer.node)) for each in plan.tunnels]
    return [(text_of(aws, path), text_of(customer, path)) for path, aws, customer in nodes]


def _values(text: str, key: str) -> list[str]:
    return re.findall(rf"^ *{key} = (.*)$", text, flags=re.MULTILINE)


@pytest.mark.parametrize(
    ("action", "delay", "word", "tries"),
    [(DpdAction.CLEAR, "10s", "clear", "1"), (DpdAction.NONE, "0s", "clear", "1"), (DpdAction.RESTART, "10s", "restart", "0")],
)
def test_aws_does_what_the_dpd_action_says_about_a_dead_peer(action: DpdAction, delay: str, word: str, tries: str) -> None:
    for aws, customer in _ends(planned(_with(TunnelOptions(dpd_action=action)))):
        assert [_values(aws, key) for key in ("dpd_delay", "dpd_action", "keyingtries")] == [[delay], [word], [tries]]
        assert [_values(customer, key) for key in ("dpd_delay", "dpd_action", "keyingtries")] == [["10s"], ["restart"], ["0"]]


def test_three_probes_end_with_the_dpd_timeout() -> None:
    for aws, customer in _ends(planned(_with(TunnelOptions(dpd_timeout=70.0))), "strongswan.conf"):
        assert (_values(aws, "retransmit_timeout"), _values(customer, "retransmit_timeout")) == (["20"], ["10"])


@pytest.mark.parametrize("options", [TunnelOptions(startup_action=StartupAction.START), TunnelOptions(dpd_action=DpdAction.RESTART)])
def test_a_customer_gateway_listens_at_another_port_for_each_tunnel_that_aws_may_start(options: TunnelOptions) -> None:
    plan = planned(_with(options))
    ports: dict[str, list[str]] = {}
    for tunnel, (aws, _), (_, customer) in zip(plan.tunnels, _ends(plan), _ends(plan, "strongswan.conf"), strict=True):
        (port,) = _values(customer, "port_nat_t")
        assert (_values(aws, "local_port"), _values(aws, "remote_port")) == (["4500"], [port])
        ports.setdefault(tunnel.customer.node, []).append(port)
    assert all(found == [str(4500 + slot) for slot in range(len(found))] for found in ports.values())


def test_a_customer_gateway_uses_any_free_port_for_tunnels_that_aws_never_starts() -> None:
    for aws, _ in _ends(planned(VPN)):
        assert _values(aws, "remote_port") == []
    assert {tuple(_values(customer, "port_nat_t")) for _, customer in _ends(planned(VPN), "strongswan.conf")} == {("0",)}


@pytest.mark.parametrize(
    ("initiator", "startup", "first", "after_aws", "after_customer"),
    [
        (Initiator.CUSTOMER, StartupAction.ADD, "customer", "customer", "customer"),
        (Initiator.CUSTOMER, StartupAction.START, "customer", "customer", "customer"),
        (Initiator.NOBODY, StartupAction.ADD, "customer", None, None),
        (Initiator.NOBODY, StartupAction.START, "customer", "aws", None),
        (Initiator.AWS, StartupAction.START, "aws", "aws", None),
    ],
)
def test_a_tunnel_is_started_by_whom_its_options_name(
    initiator: Initiator, startup: StartupAction, first: str, after_aws: str | None, after_customer: str | None
) -> None:
    plan = planned(_with(TunnelOptions(initiator=initiator, startup_action=startup)))
    for tunnel, (_, customer) in zip(plan.tunnels, _ends(plan), strict=True):
        ends = {tunnel.aws.node: "aws", tunnel.customer.node: "customer"}
        again = [tunnel.restarter(node) for node in ends]
        assert ends[tunnel.starter.node] == first
        assert [ends[each.node] if each else None for each in again] == [after_aws, after_customer]
        is_persistent = initiator is Initiator.CUSTOMER
        assert _values(customer, "close_action") == ["start" if is_persistent else "none"]
        assert _values(customer, "keyingtries") == ["0" if is_persistent else "1"]


@pytest.mark.parametrize(
    ("suite", "esp", "mtu"),
    [
        (Suite(), "aes256gcm16-ecp384", 1438),
        (Suite(cipher=Cipher.AES128, integrity=Integrity.SHA1), "aes128-sha1-ecp384", 1422),
        (Suite(cipher=Cipher.AES256, integrity=Integrity.SHA512), "aes256-sha512-ecp384", 1406),
    ],
)
def test_the_cipher_decides_how_long_the_packets_in_a_tunnel_may_be(suite: Suite, esp: str, mtu: int) -> None:
    plan = planned(_with(TunnelOptions(suite=suite)))
    assert {tunnel.mtu for tunnel in plan.tunnels} == {mtu}
    for _, customer in _ends(plan):
        assert _values(customer, "esp_proposals") == [esp]
        assert _values(customer, "updown")[0].split()[3] == str(mtu)


def test_both_ends_have_the_lifetimes_and_the_version_of_ike() -> None:
    options = TunnelOptions(ike_version=1, phase1_lifetime=1800, phase2_lifetime=900)
    for ends in _ends(planned(_with(options))):
        for text in ends:
            assert _values(text, "version") == ["1"]
            assert (_values(text, "rekey_time"), _values(text, "life_time")) == (["1530s", "630s"], ["900s"])
            assert _values(text, "dpd_timeout") == ["30s"]


def test_a_tunnel_that_the_customer_does_not_use_is_nowhere_in_the_lab() -> None:
    plan = planned(_with(TunnelOptions(), tunnels=1))
    assert [tunnel.name for tunnel in plan.tunnels] == [f"{vpn.name}-1" for vpn in VPN.vpn_connections]
    assert not any(node.name == f"{vpn.name}-2" for node in plan.nodes for vpn in VPN.vpn_connections)
    assert all(plan.target(vpn.name).tunnels == (f"{vpn.name}-1",) for vpn in VPN.vpn_connections)
