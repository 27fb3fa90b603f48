"""IKE and IPsec on a VPN: who starts, what is negotiated, lifetimes and dead peers."""

import re
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from lab.model.status import TunnelStatus
from lab.runtime.ipsec import ike
from lab.runtime.lab import RunningLab
from tests.live.behaviour.doing import broken, established
from tests.live.behaviour.labs import VPN
from tests.live.behaviour.row import shown
from tests.live.behaviour.seen import run, state
from tests.waiting import wait_for

OPTIONS = ("IKE options, PSK rules, lifetimes, DH lists, `add`/`start`, DPD action",)
TUNNEL, CUSTOMER = "vpn2-2", "dc1-gw2"
_WEAKEST_LAST = {
    "proposals": "aes256gcm16-prfsha512-ecp521,aes256-sha512-modp4096,aes128-sha1-modp1024",
    "esp_proposals": "aes256gcm16-ecp521,aes256-sha512-modp4096,aes128-sha1-modp1024",
}


@shown(
    "AWS accepts the customer's suite if it is an allowed one.",
    source="1.3 V26",
    of=OPTIONS,
    lab=VPN,
    done="Nothing: the customer gateways allow one strong suite.",
    seen="Every tunnel has IKE and ESP with AES-256-GCM, SHA-384 and group 20, and ESP in UDP.",
)
def the_only_suite(lab: RunningLab) -> None:
    for tunnel in lab.plan.tunnels:
        sas = run(lab, tunnel.aws.node, "swanctl", "--list-sas")
        assert "AES_GCM_16-256/PRF_HMAC_SHA2_384/ECP_384" in sas
        assert "TUNNEL-in-UDP, ESP:AES_GCM_16-256" in sas


@shown(
    "AWS chooses the weakest suite in common, whatever order the customer prefers.",
    source="1.3 V23",
    of=OPTIONS,
    lab=VPN,
    done="A customer gateway offers three suites, the strongest first, and restarts its tunnel.",
    seen="The tunnel has AES-128, SHA-1 and group 2: the last suite offered.",
)
def weakest_first(lab: RunningLab) -> None:
    with _offering(lab, _WEAKEST_LAST):
        sas = run(lab, TUNNEL, "swanctl", "--list-sas")
        assert "AES_CBC-128/HMAC_SHA1_96/PRF_HMAC_SHA1/MODP_1024" in sas, sas
        assert "ESP:AES_CBC-128/HMAC_SHA1_96" in sas, sas


@shown(
    "SAs live 28 800 s (IKE) and 3 600 s (ESP). They are rekeyed 270 to 540 s before their end.",
    source="1.3 V26",
    of=OPTIONS,
    lab=VPN,
    done="Nothing.",
    seen="AWS's charons have scheduled these times for each SA. (The test does not wait for them.)",
)
def lifetimes(lab: RunningLab) -> None:
    for tunnel in lab.plan.tunnels:
        sas = run(lab, tunnel.aws.node, "swanctl", "--list-sas")
        (age, renewed), (child_age, child_renewed) = (
            tuple(int(each) for each in found) for found in re.findall(r"(?:established|installed) (\d+)s ago, rekeying in (\d+)s", sas)
        )
        ends = int(re.findall(r"expires in (\d+)s", sas)[0])
        assert 28800 - 541 <= age + renewed <= 28800 - 269, sas
        assert 3600 - 541 <= child_age + child_renewed <= 3600 - 269, sas
        assert abs(child_age + ends - 3600) <= 1, sas


@shown(
    "A pre-shared key has 8 to 64 letters, digits, dots and underscores. It does not begin with 0. Each tunnel has its own.",
    source="1.3 V26",
    of=OPTIONS,
    lab=VPN,
    done="Nothing.",
    seen="The keys of all tunnels that are up follow these rules.",
)
def keys(lab: RunningLab) -> None:
    found = [
        re.findall(r'secret = "(.*)"', run(lab, each.aws.node, "cat", f"/lab/ipsec/{each.name}/secret.conf")) for each in lab.plan.tunnels
    ]
    assert all(re.fullmatch(r"[A-Za-z1-9._][A-Za-z0-9._]{7,63}", key) for (key,) in found)
    assert len({key for (key,) in found}) == len(lab.plan.tunnels)


@shown(
    "With StartupAction `add` AWS never starts a tunnel. After a lost SA the tunnel stays down until the customer starts it.",
    source="1.3, 1.8 V23, RP",
    of=OPTIONS,
    lab=VPN,
    done="The customer deletes an IKE SA without a restart. Then it starts the tunnel.",
    seen="AWS has no SA, BGP is down, and no AWS end has ever sent an IKE_SA_INIT request. The tunnel returns when the customer starts it.",
)
def aws_waits(lab: RunningLab) -> None:
    ike.terminate(lab.pid(CUSTOMER), TUNNEL)
    wait_for(lambda: not ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).up, "the SA gone at AWS's end")
    wait_for(lambda: state(lab, TUNNEL, CUSTOMER) != "Established", "BGP down")
    for tunnel in lab.plan.tunnels:
        assert re.search(r"ike-init-out-req +: 0\n", run(lab, tunnel.aws.node, "swanctl", "--counters"))
    assert not ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).up
    ike.initiate(lab.pid(CUSTOMER), TUNNEL)
    established(lab, TUNNEL, CUSTOMER)


@shown(
    "AWS declares a silent peer dead 30 s after its first unanswered probe, 40 s after the last packet. Then it clears the tunnel.",
    source="1.3, 7.1 RP, V26",
    of=("DPD 10 s ×3", *OPTIONS),
    lab=VPN,
    done="A customer gateway's internet link drops every packet while both carriers stay up.",
    seen="BGP goes down first, by its hold time. AWS's IKE SA is gone 30 to 60 s after the loss began.",
)
def dead_peer(lab: RunningLab) -> None:
    with broken(lab, "silent-loss", "dc1-gw2--isp-a"):
        begun = time.monotonic()
        wait_for(lambda: state(lab, TUNNEL, CUSTOMER) != "Established", "BGP down", 10)
        assert ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).up
        wait_for(lambda: ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).ike is None, "AWS's SA gone", 60)
        assert 30 <= time.monotonic() - begun <= 60


@shown(
    "When AWS deletes an IKE SA, it does not restart it. A customer gateway that may start restores the tunnel at once.",
    source="1.3, 1.8 V23, RP",
    of=OPTIONS,
    lab=VPN,
    done="AWS's end deletes an IKE SA once.",
    seen="A new SA with other SPIs, started by the customer.",
)
def deleted_once(lab: RunningLab) -> None:
    before = _cookies(lab)
    with broken(lab, "ike-delete", TUNNEL):
        wait_for(lambda: _cookies(lab) not in {before, ""} and ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).up, "another SA")
    assert re.search(r"ike-init-out-req +: 0\n", run(lab, TUNNEL, "swanctl", "--counters"))


@shown(
    "AWS requires PFS. Without it a tunnel comes up, but its first ESP SA cannot be rekeyed and ends.",
    source="1.1 V23",
    of=OPTIONS,
    lab=VPN,
    done="A customer gateway offers no Diffie-Hellman group for ESP. Its SAs live 4 s and are rekeyed after 1 s.",
    seen="The tunnel comes up. AWS answers the rekey with NO_PROPOSAL_CHOSEN. Then the ESP SA ends, but the IKE SA stays.",
)
def no_pfs(lab: RunningLab) -> None:
    def ends() -> set[TunnelStatus]:
        return {ike.tunnel_state(lab.pid(node), TUNNEL) for node in (CUSTOMER, TUNNEL)}

    with broken(lab, "rekey-failure", TUNNEL):
        assert ends() == {TunnelStatus(tunnel=TUNNEL, ike="ESTABLISHED", child="INSTALLED")}
        wait_for(lambda: "CHILD_SA rekeying failed" in _log(lab, CUSTOMER), "the refused rekeying", 10)
        assert ends() == {TunnelStatus(tunnel=TUNNEL, ike="ESTABLISHED", child="INSTALLED")}
        wait_for(lambda: ends() == {TunnelStatus(tunnel=TUNNEL, ike="ESTABLISHED", child=None)}, "the end of the ESP SA", 10)
    established(lab, TUNNEL, CUSTOMER)


@shown(
    "The pre-shared key is used when an IKE SA starts, not when it is rekeyed. With a wrong key a tunnel lives until an interruption.",
    source="8 no. 37 d",
    of=OPTIONS,
    lab=VPN,
    done="AWS's end gets another key and deletes the IKE SA. Then it gets another key without a deletion, and the customer rekeys.",
    seen="After the deletion: AUTHENTICATION_FAILED, and no SA until the right key is back. A rekey works with either key.",
)
def key_only_in_the_beginning(lab: RunningLab) -> None:
    with broken(lab, "wrong-key", TUNNEL):
        wait_for(lambda: "AUTHENTICATION_FAILED" in _log(lab, CUSTOMER), "the refusal")
        assert ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).ike is None
    established(lab, TUNNEL, CUSTOMER)
    before = _cookies(lab)
    with ExitStack() as undo:
        undo.callback(lab.load_planned, TUNNEL)
        lab.give_wrong_key(TUNNEL)
        with ike.speaking(lab.pid(CUSTOMER), TUNNEL) as session:
            session.rekey({"ike": TUNNEL})
        wait_for(lambda: _cookies(lab) not in {before, ""} and ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).up, "the rekeyed SA")


def _cookies(lab: RunningLab) -> str:
    """The SPIs of the tunnel's IKE SA at AWS's end, "" if there is none."""
    return " ".join(re.findall(r"ESTABLISHED, IKEv2, (\w+)", run(lab, TUNNEL, "swanctl", "--list-sas")))


def _log(lab: RunningLab, node: str) -> str:
    return Path(f"/proc/{lab.pid(node)}/root/var/log/charon.{TUNNEL}.log").read_text()


@contextmanager
def _offering(lab: RunningLab, offers: dict[str, str]) -> Iterator[None]:
    """Restart a customer gateway's tunnel with other proposals, and afterwards with its own."""
    text = next(file.text for file in lab.plan.node(CUSTOMER).files if file.path == f"ipsec/{TUNNEL}/swanctl.conf")
    for key, value in offers.items():
        text = re.sub(rf"^( *{key} = ).*$", rf"\g<1>{value}", text, flags=re.MULTILINE)
    told = Path(f"/proc/{lab.pid(CUSTOMER)}/root/run/offers.conf")
    told.write_text(text.replace("include secret.conf", ""))
    try:
        _begin_anew(lab, "/run/offers.conf")
        yield
    finally:
        told.unlink()
        _begin_anew(lab, f"/lab/ipsec/{TUNNEL}/swanctl.conf")


def _begin_anew(lab: RunningLab, file: str) -> None:
    socket = f"unix:///run/charon.{TUNNEL}.vici"
    assert "successfully loaded 1 connections" in run(lab, CUSTOMER, "/usr/sbin/swanctl", "--load-conns", "--uri", socket, "--file", file)
    lab.terminate_tunnel(TUNNEL)
    lab.initiate_tunnel(TUNNEL)
    wait_for(lambda: all(ike.tunnel_state(lab.pid(node), TUNNEL).up for node in (CUSTOMER, TUNNEL)), "the tunnel")
