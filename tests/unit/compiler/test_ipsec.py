"""The compiled IPsec files of both ends: AWS's tunnel options (V26) and a customer's."""

import re
from itertools import product

from lab.model.plan import Plan, Role
from lab.model.tunnel import Tunnel
from tests.unit.compiler.reading import nodes_of, text_of

CIPHERS = {"aes128", "aes256", "aes128gcm16", "aes256gcm16"}
HASHES = {"sha1", "sha256", "sha384", "sha512"}
GROUPS = dict(
    zip(
        [2, 5, *range(14, 25)],
        [
            *("modp1024", "modp1536", "modp2048", "modp3072", "modp4096", "modp6144", "modp8192"),
            *("ecp256", "ecp384", "ecp521", "modp1024s160", "modp2048s224", "modp2048s256"),
        ],
        strict=True,
    )
)
"""strongSwan's names of the Diffie-Hellman groups that AWS allows."""


def _both_ends(plan: Plan, file: str = "swanctl.conf") -> list[tuple[Tunnel, str, str]]:
    """Each tunnel, AWS's file and the customer's file."""
    path = "ipsec/{}/" + file
    return [
        (tunnel, *(text_of(plan.node(end.node), path.format(tunnel.name)) for end in (tunnel.aws, tunnel.customer)))
        for tunnel in plan.tunnels
    ]


def _values(text: str, key: str) -> list[str]:
    return re.findall(rf"^ *{key} = (.*)$", text, flags=re.MULTILINE)


def _words(proposals: str) -> set[str]:
    return {word for proposal in proposals.split(",") for word in proposal.split("-")}


def test_aws_offers_everything_it_allows_and_nothing_else(tunnelled: Plan) -> None:
    for _, aws, _ in _both_ends(tunnelled):
        (ike,), (esp,) = _values(aws, "proposals"), _values(aws, "esp_proposals")
        assert _words(ike) == CIPHERS | HASHES | {f"prf{each}" for each in HASHES} | set(GROUPS.values()) - {GROUPS[5]}
        assert _words(esp) == CIPHERS | HASHES | set(GROUPS.values())


def test_aws_walks_its_list_from_the_weakest_up(tunnelled: Plan) -> None:
    """One proposal for each cipher and hash: charon follows its own order inside a proposal, but the peer's order between proposals."""
    for _, aws, _ in _both_ends(tunnelled):
        (proposals,) = _values(aws, "proposals")
        each = [proposal.split("-") for proposal in proposals.split(",")]
        assert all(
            [word for word in words if word in GROUPS.values()] == [name for number, name in GROUPS.items() if number != 5]
            for words in each
        )
        by_cipher = [(cipher, digest.removeprefix("prf")) for cipher, digest, *_ in each]
        assert by_cipher == list(product(("aes128", "aes256", "aes128gcm16", "aes256gcm16"), ("sha1", "sha256", "sha384", "sha512")))


def test_a_customer_allows_one_strong_suite_and_aws_allows_it_too(tunnelled: Plan) -> None:
    for _, aws, customer in _both_ends(tunnelled):
        for key in ("proposals", "esp_proposals"):
            (offered,), (allowed,) = _values(customer, key), _values(aws, key)
            assert "," not in offered
            assert _words(offered) <= _words(allowed)
            assert _words(offered) <= {"aes256gcm16", "prfsha384", "ecp384"}


def test_sas_live_28800_and_3600_seconds_and_are_rekeyed_within_twice_270_before(tunnelled: Plan) -> None:
    for _, *ends in _both_ends(tunnelled):
        for text in ends:
            assert _values(text, "rekey_time") == [f"{28800 - 270}s", f"{3600 - 270}s"]
            assert _values(text, "rand_time") == ["270s", "270s"]
            assert _values(text, "over_time") == ["270s"]
            assert _values(text, "life_time") == ["3600s"]
            assert _values(text, "replay_window") == ["1024"]


def test_a_peer_is_dead_after_three_probes_ten_seconds_apart(tunnelled: Plan) -> None:
    for _, *ends in _both_ends(tunnelled):
        assert all(_values(text, "dpd_delay") == ["10s"] for text in ends)
    for _, *ends in _both_ends(tunnelled, "strongswan.conf"):
        for text in ends:
            assert _values(text, "retransmit_timeout") == ["10"]
            assert _values(text, "retransmit_base") == ["1.0"]
            assert _values(text, "retransmit_tries") == ["2"], "the first sending is none of the tries"


def test_the_customer_brings_a_tunnel_up_and_back_up_and_aws_clears_it(tunnelled: Plan) -> None:
    for _, aws, customer in _both_ends(tunnelled):
        told = {key: (_values(aws, key), _values(customer, key)) for key in ("dpd_action", "close_action", "keyingtries")}
        assert told == {"dpd_action": (["clear"], ["restart"]), "close_action": (["none"], ["start"]), "keyingtries": (["1"], ["0"])}


def test_both_ends_know_each_other_by_their_addresses_on_the_internet(tunnelled: Plan) -> None:
    for tunnel, aws, customer in _both_ends(tunnelled):
        there, here = str(tunnel.aws.outside), str(tunnel.customer.outside)
        assert (_values(aws, "local_addrs"), _values(aws, "remote_addrs"), _values(aws, "id")) == ([there], [here], [there, here])
        assert (_values(customer, "local_addrs"), _values(customer, "remote_addrs")) == ([str(tunnel.customer.own)], [there])
        assert _values(customer, "id") == [here, there]


def test_the_inside_address_and_mtu_come_with_the_sa(tunnelled: Plan) -> None:
    for tunnel, *ends in _both_ends(tunnelled):
        for text, end in zip(ends, (tunnel.aws, tunnel.customer), strict=True):
            (command,) = _values(text, "updown")
            assert command.split()[:4] == ["/usr/local/sbin/tunnel-updown", end.device, str(end.inside), "1438"]
            assert tunnel.mtu == 1438


def test_only_the_routes_of_a_static_vpn_come_with_the_sa(tunnelled: Plan) -> None:
    for tunnel, *ends in _both_ends(tunnelled):
        for text, end in zip(ends, (tunnel.aws, tunnel.customer), strict=True):
            (command,) = _values(text, "updown")
            assert command.split()[4:] == ([str(end.metric), *map(str, end.routes)] if end.routes else [])


def test_one_pair_of_sas_carries_all_traffic_of_a_tunnel(tunnelled: Plan) -> None:
    for _, *ends in _both_ends(tunnelled):
        assert all(_values(text, f"{side}_ts") == ["0.0.0.0/0"] for text in ends for side in ("local", "remote"))


def test_several_charons_of_one_node_share_nothing(tunnelled: Plan) -> None:
    for node in nodes_of(tunnelled, Role.CUSTOMER_GATEWAY):
        texts = [file.text for file in node.files if file.path.endswith("strongswan.conf")]
        assert len(texts) >= 2
        for key in ("routing_table", "routing_table_prio", "socket", "path"):
            values = [value for text in texts for value in _values(text, key)]
            assert len(set(values)) == len(texts)
        assert len({tunnel.customer.device for tunnel in tunnelled.tunnels if tunnel.customer.node == node.name}) == len(texts)


def test_a_plan_holds_no_secret(tunnelled: Plan) -> None:
    for _, *ends in _both_ends(tunnelled):
        assert all(text.endswith("include secret.conf") and "secret =" not in text for text in ends)
