"""The last path of a flow: which flows have none when sessions are closed."""

from lab.predict.closed import Closing
from tests.shipped import shipped_plan

PLAN = shipped_plan("hybrid-backup")
(BROWN_OUT,) = PLAN.automations
BACKUP = [each for each in PLAN.sessions if each.neighbor_node in {"vpn1-1", "vpn1-2"}]


def test_with_the_backup_no_flow_is_cut_off() -> None:
    assert Closing(PLAN).cut_off((), BROWN_OUT.closes) == ()


def test_without_the_backup_the_flows_to_aws_are_cut_off() -> None:
    assert Closing(PLAN).cut_off(BACKUP[:2], BROWN_OUT.closes) == ("dc1-app", "dc2-app")


def test_one_tunnel_is_enough() -> None:
    assert Closing(PLAN).cut_off(BACKUP[:1], BROWN_OUT.closes) == ()


def test_a_flow_that_has_no_path_already_is_not_cut_off() -> None:
    closing = Closing(PLAN)
    assert closing.cut_off((*BACKUP, *BROWN_OUT.closes), BROWN_OUT.closes) == ()
