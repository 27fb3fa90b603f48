"""What charons load: the plan's files as vici takes them, and a connection without PFS."""

import os
from collections.abc import Iterator
from typing import Any

import pytest
from vici.exception import CommandException

from lab.errors import NodeError
from lab.runtime.ipsec import ike, swanctl, tunnels
from tests.shipped import shipped_plan

TUNNEL, CUSTOMER = "vpn1-1", "dc1-gw1"


def _planned(node: str) -> str:
    return next(file.text for file in shipped_plan().node(node).files if file.path == f"ipsec/{TUNNEL}/swanctl.conf")


def test_a_connection_is_read_with_its_sections_lists_and_settings_and_without_comments_or_includes() -> None:
    read = swanctl.read(_planned(CUSTOMER))
    assert set(read) == {"connections"}
    connection = swanctl.section(swanctl.section(read, "connections"), TUNNEL)
    assert connection["local_addrs"] == ["198.51.100.0"]
    assert connection["proposals"] == ["aes256gcm16-prfsha384-ecp384"]
    assert (connection["version"], connection["rekey_time"], connection["keyingtries"]) == ("2", "28530s", "0")
    assert connection["local"] == {"auth": "psk", "id": "198.51.100.0"}
    child = swanctl.section(swanctl.section(connection, "children"), TUNNEL)
    assert (child["local_ts"], child["dpd_action"], child["close_action"]) == (["0.0.0.0/0"], "restart", "start")
    assert child["updown"] == "/usr/local/sbin/tunnel-updown ipsec0 169.254.10.2/30 1438"


def test_all_of_awss_proposals_are_read() -> None:
    connection = swanctl.section(swanctl.section(swanctl.read(_planned(TUNNEL)), "connections"), TUNNEL)
    proposals = connection["proposals"]
    assert isinstance(proposals, list)
    assert len(proposals) == 16
    assert all(proposal == proposal.strip() for proposal in proposals)


def test_a_secret_is_read_without_its_quotes() -> None:
    read = swanctl.read('secrets {\n    ike-vpn1-1 {\n        secret = "a.b_C9"\n    }\n}\n')
    assert read == {"secrets": {"ike-vpn1-1": {"secret": "a.b_C9"}}}


def test_a_setting_is_not_a_section() -> None:
    with pytest.raises(KeyError):
        swanctl.section({"version": "2"}, "version")


def test_without_pfs_the_esp_proposals_have_no_group_lifetimes_are_seconds_and_all_else_is_planned() -> None:
    planned = swanctl.section(swanctl.read(_planned(CUSTOMER)), "connections")
    told = tunnels.without_pfs(TUNNEL, shipped_plan().node(CUSTOMER))
    child = swanctl.section(swanctl.section(swanctl.section(told, TUNNEL), "children"), TUNNEL)
    assert (child["esp_proposals"], child["rekey_time"], child["life_time"], child["rand_time"]) == (["aes256gcm16"], "1s", "4s", "0s")
    assert swanctl.section(told, TUNNEL)["rekey_time"] != swanctl.section(planned, TUNNEL)["rekey_time"]
    original = swanctl.section(swanctl.section(swanctl.section(planned, TUNNEL), "children"), TUNNEL)
    child.update({key: original[key] for key in ("esp_proposals", "rekey_time", "life_time", "rand_time")})
    swanctl.section(told, TUNNEL)["rekey_time"] = swanctl.section(planned, TUNNEL)["rekey_time"]
    assert told == planned


def _sa(**child: bytes) -> dict[str, Any]:
    return {
        "state": b"ESTABLISHED",
        "child-sas": {"vpn1-1-1": {"state": b"INSTALLED", "install-time": b"12", "life-time": b"3588"} | child},
    }


EMPTY: dict[str, Any] = {"state": b"ESTABLISHED", "child-sas": {}}
SHORT = _sa(**{"life-time": b"3", "install-time": b"1"})


@pytest.mark.parametrize(
    ("age", "left", "short"), [(b"0", b"4", True), (b"3", b"1", True), (b"12", b"3588", False), (b"3598", b"2", False)]
)
def test_an_sa_of_seconds_is_told_from_one_that_is_near_its_end(age: bytes, left: bytes, short: bool) -> None:
    assert tunnels.is_short_lived(_sa(**{"install-time": age, "life-time": left})) is short


@pytest.mark.parametrize("idle", [EMPTY, _sa(state=b"DELETED")])
def test_an_ike_sa_that_carries_nothing_is_neither(idle: dict[str, Any]) -> None:
    assert tunnels.is_short_lived(idle) is None


def test_a_charon_that_does_not_answer_is_a_node_error() -> None:
    gone = os.posix_spawn("/bin/true", ["true"], {})
    os.waitpid(gone, 0)
    for verb in (tunnels.begin_without_pfs, tunnels.load_planned, tunnels.is_planned):
        with pytest.raises(NodeError, match=r"^charon of tunnel vpn1-1 gave an unexpected answer"):
            verb(gone, TUNNEL, shipped_plan().node(CUSTOMER))
    with pytest.raises(NodeError, match=r"^charon of tunnel vpn1-1 gave an unexpected answer"):
        tunnels.give_wrong_key(gone, TUNNEL)


class FakeSession:
    """A fake vici of a charon with these IKE SAs. One may refuse to end. It starts no SA beside a planned one
    that carries packets, or none at all."""

    def __init__(self, sas: dict[bytes, dict[str, Any]], stubborn: bytes | None = None, refuses: bool = False) -> None:
        self.sas = dict(sas)
        self.did: list[str] = []
        self._stubborn = stubborn
        self._refuses = refuses

    def list_sas(self, _filter: dict[str, str]) -> list[dict[str, dict[str, Any]]]:
        return [{TUNNEL: {"uniqueid": identifier} | sa} for identifier, sa in self.sas.items()]

    def initiate(self, _what: dict[str, str]) -> Iterator[dict[str, bytes]]:
        if self._refuses or _sa() in self.sas.values():
            yield {"msg": b"not establishing CHILD_SA vpn1-1{2} due to existing duplicate {1}"}
            raise CommandException("Command failed: establishing CHILD_SA 'vpn1-1' failed")
        self.did.append("begin")
        self.sas[b"new"] = _sa()

    def terminate(self, which: dict[str, bytes | str]) -> list[object]:
        identifier = which["ike-id"]
        if not isinstance(identifier, bytes) or identifier not in self.sas or identifier == self._stubborn:
            raise CommandException("Command failed: no matching SAs to terminate found")
        self.did.append(f"end {identifier.decode()}")
        del self.sas[identifier]
        return []


def test_an_sa_is_ended_and_it_is_safe_if_it_has_ended_meanwhile() -> None:
    session = FakeSession({b"1": _sa(), b"2": _sa()})
    tunnels.end_sa(session, TUNNEL, b"1")
    tunnels.end_sa(session, TUNNEL, b"1")
    assert list(session.sas) == [b"2"]


def test_an_sa_that_does_not_end_is_an_error() -> None:
    with pytest.raises(CommandException):
        tunnels.end_sa(FakeSession({b"1": _sa()}, stubborn=b"1"), TUNNEL, b"1")


@pytest.mark.parametrize(
    ("sas", "did"),
    [
        ({b"1": SHORT}, ["begin", "end 1"]),
        ({b"1": _sa()}, []),
        ({b"1": _sa(), b"2": SHORT}, ["end 2"]),
        ({b"1": SHORT, b"2": _sa()}, ["end 1"]),
        ({b"1": EMPTY}, ["end 1"]),
        ({b"1": EMPTY, b"2": SHORT}, ["end 1", "begin", "end 2"]),
        ({b"1": SHORT, b"2": _sa() | {"state": b"DELETING"}}, ["begin", "end 1"]),
        ({}, []),
    ],
)
def test_after_a_kill_planned_sas_stay_and_a_new_one_starts_before_the_one_with_packets_ends(
    sas: dict[bytes, dict[str, Any]], did: list[str]
) -> None:
    session = FakeSession(sas)
    tunnels.leave_planned(session, TUNNEL)
    assert session.did == did


def test_a_new_sa_starts_before_the_old_one_ends_or_after_it_if_charon_refuses_a_second_one() -> None:
    beside, instead = FakeSession({b"1": SHORT}), FakeSession({b"1": _sa()})
    tunnels.begin_beside(beside, TUNNEL)
    tunnels.begin_beside(instead, TUNNEL)
    assert (beside.did, instead.did) == (["begin", "end 1"], ["end 1", "begin"])


def test_if_charon_starts_no_sa_the_error_has_its_last_words() -> None:
    with pytest.raises(NodeError, match=r"failed\. charon's last log lines: not establishing .* duplicate"):
        tunnels.begin_beside(FakeSession({}, refuses=True), TUNNEL)


@pytest.mark.parametrize(
    ("states", "best"), [((b"DELETED", b"INSTALLED"), "INSTALLED"), ((b"CREATED",), "CREATED"), ((), None), ((b"REKEYED",), "REKEYED")]
)
def test_a_child_sa_that_was_rekeyed_does_not_hide_its_successor(states: tuple[bytes, ...], best: str | None) -> None:
    assert ike.best_child([{"state": state} for state in states]) == best
