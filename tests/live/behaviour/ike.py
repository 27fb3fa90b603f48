"""IKE and IPsec on a VPN: who speaks first, what is agreed on, how long it lasts and how a dead peer is found."""

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
    "AWS takes the suite the customer asks for, if it allows it.",
    source="1.3 V26",
    of=OPTIONS,
    lab=VPN,
    done="Nothing: the customer gateways allow one strong suite.",
    seen="IKE and ESP with AES-256-GCM, SHA-384 and group 20, ESP in UDP, in every tunnel.",
)
def the_only_suite(lab: RunningLab) -> None:
    for tunnel in lab.plan.tunnels:
        sas = run(lab, tunnel.aws.node, "swanctl", "--list-sas")
        assert "AES_GCM_16-256/PRF_HMAC_SHA2_384/ECP_384" in sas
        assert "TUNNEL-in-UDP, ESP:AES_GCM_16-256" in sas


@shown(
    "AWS walks its own list from the weakest up, whatever order the customer prefers.",
    source="1.3 V23",
    of=OPTIONS,
    lab=VPN,
    done="A customer gateway offers three suites, the strongest first, and starts anew.",
    seen="AES-128, SHA-1 and group 2, the last that it offered.",
)
def weakest_first(lab: RunningLab) -> None:
    with _offering(lab, _WEAKEST_LAST):
        sas = run(lab, TUNNEL, "swanctl", "--list-sas")
        assert "AES_CBC-128/HMAC_SHA1_96/PRF_HMAC_SHA1/MODP_1024" in sas, sas
        assert "ESP:AES_CBC-128/HMAC_SHA1_96" in sas, sas


@shown(
    "SAs live 28 800 s (IKE) and 3 600 s (ESP) and are renewed 270 to 540 s before.",
    source="1.3 V26",
    of=OPTIONS,
    lab=VPN,
    done="Nothing.",
    seen="What charon has scheduled at AWS's ends, counted from when each SA began. (Nobody waits for it here.)",
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
    "A pre-shared key has 8 to 64 letters, digits, dots and underscores and does not begin with 0; each tunnel has its own.",
    source="1.3 V26",
    of=OPTIONS,
    lab=VPN,
    done="Nothing.",
    seen="The keys with which the tunnels came up.",
)
def keys(lab: RunningLab) -> None:
    found = [
        re.findall(r'secret = "(.*)"', run(lab, each.aws.node, "cat", f"/lab/ipsec/{each.name}/secret.conf")) for each in lab.plan.tunnels
    ]
    assert all(re.fullmatch(r"[A-Za-z1-9._][A-Za-z0-9._]{7,63}", key) for (key,) in found)
    assert len({key for (key,) in found}) == len(lab.plan.tunnels)


@shown(
    "With StartupAction `add` AWS never starts: after an endpoint has lost its SA the tunnel is down until the customer starts it.",
    source="1.3, 1.8 V23, RP",
    of=OPTIONS,
    lab=VPN,
    done="The customer deletes an IKE SA and does not start it again; then it does.",
    seen="No SA at AWS, BGP down; not one IKE_SA_INIT request since AWS's ends came up; the tunnel returns when the customer starts.",
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
    "AWS takes a silent peer for dead 30 s after its first unanswered probe, 40 s after the last packet, and clears the tunnel.",
    source="1.3, 7.1 RP, V26",
    of=("DPD 10 s ×3", *OPTIONS),
    lab=VPN,
    done="A customer gateway's way to the internet loses everything, both carriers up.",
    seen="BGP is down first, by its hold time; AWS's IKE SA is gone 30 to 60 s after the loss began, and no new one is tried.",
)
def dead_peer(lab: RunningLab) -> None:
    with broken(lab, "silent-loss", "dc1-gw2--isp-a"):
        begun = time.monotonic()
        wait_for(lambda: state(lab, TUNNEL, CUSTOMER) != "Established", "BGP down", 10)
        assert ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).up
        wait_for(lambda: ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).ike is None, "AWS's SA gone", 60)
        assert 30 <= time.monotonic() - begun <= 60


@shown(
    "When AWS deletes an IKE SA it does not start again, and a customer gateway that may start has the tunnel back at once.",
    source="1.3, 1.8 V23, RP",
    of=OPTIONS,
    lab=VPN,
    done="AWS's end deletes an IKE SA, once.",
    seen="An SA of other SPIs, of the customer's making.",
)
def deleted_once(lab: RunningLab) -> None:
    before = _cookies(lab)
    with broken(lab, "ike-delete", TUNNEL):
        wait_for(lambda: _cookies(lab) not in {before, ""} and ike.tunnel_state(lab.pid(TUNNEL), TUNNEL).up, "another SA")
    assert re.search(r"ike-init-out-req +: 0\n", run(lab, TUNNEL, "swanctl", "--counters"))


@shown(
    "AWS insists on PFS: a tunnel whose customer has none comes up, and ends with the first ESP SA, which cannot be rekeyed.",
    source="1.1 V23",
    of=OPTIONS,
    lab=VPN,
    done="A customer gateway offers no Diffie-Hellman group for ESP and has SAs of 4 s, rekeyed after 1 s.",
    seen="The tunnel is up; AWS answers NO_PROPOSAL_CHOSEN to the rekeying; then the ESP SA is gone and its IKE SA still there.",
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
    "The pre-shared key counts when an IKE SA begins, not when it is rekeyed: with a wrong one a tunnel lives until an interruption.",
    source="8 no. 37 d",
    of=OPTIONS,
    lab=VPN,
    done="AWS's end gets another key and deletes the IKE SA; then the same without deletion, and the customer rekeys.",
    seen="After the deletion AUTHENTICATION_FAILED and no SA, until the right key is back; the rekeyed SA is up whatever the key.",
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
    """The SPIs of the tunnel's IKE SA at AWS's end, "" where there is none."""
    return " ".join(re.findall(r"ESTABLISHED, IKEv2, (\w+)", run(lab, TUNNEL, "swanctl", "--list-sas")))


def _log(lab: RunningLab, node: str) -> str:
    return Path(f"/proc/{lab.pid(node)}/root/var/log/charon.{TUNNEL}.log").read_text()


@contextmanager
def _offering(lab: RunningLab, offers: dict[str, str]) -> Iterator[None]:
    """A customer gateway with other proposals, its tunnel begun anew with them; afterwards with its own."""
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
