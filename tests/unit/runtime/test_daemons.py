import os

import pytest

from lab.errors import NodeError
from lab.model.plan import Node, Role
from lab.runtime.daemons import start

_EDGE = Node(name="dc1-gw1", role=Role.EDGE, place="dc1", interfaces=(), daemons=("zebra", "bgpd"))


def test_a_daemon_that_does_not_start_in_time_is_reported_in_words():
    with pytest.raises(NodeError, match=r"^bgpd of dc1-gw1 does not start: its control socket did not open within 10 s$"):
        start(_EDGE, "bgpd", os.getpid(), lambda _: (124, ""))


def test_a_daemon_that_refuses_to_start_is_reported_with_its_last_words():
    with pytest.raises(NodeError, match=r"^bgpd of dc1-gw1 does not start: no such file$"):
        start(_EDGE, "bgpd", os.getpid(), lambda _: (1, "no such file\n"))
