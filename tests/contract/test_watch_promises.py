"""The contract of every runtime about watching: every change is reported with its place, and nothing after watching ends."""

from queue import Empty, SimpleQueue
from time import monotonic

from lab.model.evidence import TimelineEvent
from lab.runtime.capabilities import LabUnderTest
from lab.runtime.readiness import missing
from tests.contract.samples import CABLE, NODE, PATIENCE_SECONDS, SHUT, TUNNEL
from tests.contract.test_promises import eventually, left_whole  # noqa: F401 - left_whole comes after every test here, too


def test_a_watcher_is_told_of_a_lost_link_at_both_ends_and_of_nothing_after_it_stops(lab: LabUnderTest) -> None:
    near, far = lab.plan.link(CABLE).a, lab.plan.link(CABLE).b
    told: SimpleQueue[TimelineEvent] = SimpleQueue()
    with lab.watch(told.put):
        lab.set_link(near, up=False)
        assert _told_within(told, {("link", end.node, f"{end.interface} down", str(end)) for end in (near, far)})
    while not told.empty():
        told.get()
    lab.set_link(near, up=True)
    assert told.empty()


def test_a_watcher_is_told_of_a_shut_session_at_both_ends(lab: LabUnderTest) -> None:
    told: SimpleQueue[TimelineEvent] = SimpleQueue()
    with lab.watch(told.put):
        lab.change_router(SHUT)
        assert _told_within(
            told,
            {
                ("bgp", TUNNEL, f"neighbor {NODE} down: Admin. shutdown", None),
                ("bgp", NODE, f"neighbor {TUNNEL} down: received Cease/Administrative Shutdown", None),
            },
        )


def test_a_watcher_is_told_of_a_deleted_tunnel_at_both_ends(lab: LabUnderTest) -> None:
    told: SimpleQueue[TimelineEvent] = SimpleQueue()
    with lab.watch(told.put):
        lab.terminate_tunnel(TUNNEL)
        assert _told_within(told, {("ike", node, f"{TUNNEL}: IKE SA deleted", TUNNEL) for node in (NODE, TUNNEL)})


def test_a_watcher_is_told_of_a_tunnel_that_aws_deletes(lab: LabUnderTest) -> None:
    told: SimpleQueue[TimelineEvent] = SimpleQueue()
    with lab.watch(told.put):
        lab.delete_ike_sa(TUNNEL)
        assert _told_within(told, {("ike", TUNNEL, f"{TUNNEL}: IKE SA deleted", TUNNEL)})


def test_a_watcher_is_told_that_bfd_lost_its_peer_on_silent_loss(lab: LabUnderTest) -> None:
    near, far = lab.plan.link(CABLE).a, lab.plan.link(CABLE).b
    told: SimpleQueue[TimelineEvent] = SimpleQueue()
    with lab.watch(told.put):
        lab.drop_arrivals(near)
        assert _told_within(told, {("bfd", near.node, f"peer {far.node} down: detection time expired", None)})


def test_a_second_watcher_is_told_everything_too(lab: LabUnderTest) -> None:
    for _ in range(2):
        told: SimpleQueue[TimelineEvent] = SimpleQueue()
        with lab.watch(told.put):
            lab.change_router(SHUT)
            assert _told_within(told, {("bgp", TUNNEL, f"neighbor {NODE} down: Admin. shutdown", None)})
        lab.restore_router(SHUT)
        assert eventually(lambda: not missing(lab)), missing(lab)


def _told_within(told: "SimpleQueue[TimelineEvent]", wanted: set[tuple[str, str, str, str | None]]) -> bool:
    """Whether all of these (source, node, what, lost) are reported in time."""
    deadline = monotonic() + PATIENCE_SECONDS
    while wanted:
        try:
            event = told.get(timeout=max(0.0, deadline - monotonic()))
        except Empty:
            return False
        wanted = wanted - {(event.source, event.node, event.what, event.lost)}
    return True
