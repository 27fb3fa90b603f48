"""The contract of every runtime about scripts of the user. Part of the suite for the fixture `lab`.

The scripts work in a real node. The fake lab knows their last lines.
"""

from collections.abc import Callable
from contextlib import ExitStack

from lab.actions import act, undoing_script
from lab.model.automation import ActionKind, Automation, Order, PlannedAutomation
from lab.model.script import Script, ScriptEnd, ScriptRun
from lab.runtime.capabilities import LabUnderTest
from tests.contract.samples import NODE
from tests.contract.test_promises import eventually, left_whole  # noqa: F401 - left_whole comes after every test here, too

CHANGES = Script(name="change.sh", text="#!/bin/bash\nchange() { ip route add blackhole 10.99.0.0/16; }\nchange\n")
UNDOES = Script(name="undo.sh", text="#!/bin/bash\nundo() { ip route del blackhole 10.99.0.0/16; }\nundo\n")
FAILS = Script(name="fail.sh", text="#!/bin/bash\nexit 3\n")
HANGS = Script(name="hang.sh", text="#!/bin/bash\nhang() { sleep 600 & sleep 600; }\nhang\n", timeout=60.0)
ROUTE = (NODE, "route 10.99.0.0/16 to nowhere")


def planned(do: Script, undo: Script | None = None) -> PlannedAutomation:
    order = Order(kind=ActionKind.RUN, target=NODE, run=ScriptRun(node=NODE, script=do, undo=undo))
    return PlannedAutomation(automation=Automation(name="drain", rule="FlowDown", order=order))


def ended(going: tuple[Script, Callable[[], ScriptEnd | None]] | None) -> ScriptEnd:
    assert going
    _, end = going
    assert eventually(lambda: end() is not None)
    found = end()
    assert found
    return found


def differing(lab: LabUnderTest) -> list[tuple[str, str]]:
    return [(each.place, each.found) for each in lab.differences()]


def test_what_a_script_changes_is_a_difference_until_another_script_undoes_it(lab: LabUnderTest) -> None:
    drained = planned(CHANGES, UNDOES)
    with ExitStack() as undo:
        assert ended(act(drained, lab, undo)).exit_code == 0
        assert differing(lab) == [ROUTE]
    assert ended(undoing_script(drained, lab)).exit_code == 0
    assert lab.differences() == ()
    with ExitStack() as undo:
        assert ended(act(planned(FAILS), lab, undo)).exit_code == 3


def test_a_script_that_hangs_is_a_difference_and_heal_ends_it_and_all_that_it_started(lab: LabUnderTest) -> None:
    with ExitStack() as undo:
        going = act(planned(HANGS), lab, undo)
        assert eventually(lambda: differing(lab) == [(NODE, "runs the script hang.sh")])
        assert going
        assert going[1]() is None
        lab.heal()
        assert lab.differences() == ()
        assert ended(act(planned(CHANGES), lab, undo)).exit_code == 0
        lab.heal()
        assert lab.differences() == ()
