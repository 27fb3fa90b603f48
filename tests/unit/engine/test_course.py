"""What an automation does next: it acts once, undoes when it may, and rests before it acts again."""

from lab.engine.course import Course, Move
from lab.model.automation import ActionKind, Automation, Back, Order
from lab.model.snapshot import Rung

ORDER = Order(kind=ActionKind.SHUT, target="vif1")
BROWN_OUT = Automation(
    name="brown-out",
    rule="FlowLossHigh",
    order=ORDER,
    labels=(("flow", "dc1-app"),),
    back=Back(after=10.0, when_healthy=True),
    hold_down=60.0,
)
FORWARD = (("direction", "forward"), ("flow", "dc1-app"))
REVERSE = (("direction", "reverse"), ("flow", "dc1-app"))


def rung(state: str, labels: tuple[tuple[str, str], ...] = FORWARD, rule: str = "FlowLossHigh") -> Rung:
    return Rung(rule=rule, state=state, at=0.0, labels=labels)


def heard(*rungs: Rung, automation: Automation = BROWN_OUT) -> Course:
    course = Course(automation)
    for each in rungs:
        course.hear(each)
    return course


def well() -> bool:
    return True


def ill() -> bool:
    return False


def test_an_alarm_of_its_rule_and_labels_makes_it_act() -> None:
    assert heard(rung("firing")).next(100.0, well) is Move.ACT
    assert heard().next(100.0, well) is None
    assert heard(rung("firing", rule="FlowDown")).next(100.0, well) is None
    assert heard(rung("firing", labels=(("flow", "dc2-app"),))).next(100.0, well) is None
    assert heard(rung("firing"), rung("resolved")).next(100.0, well) is None


def test_a_repeated_message_changes_nothing() -> None:
    course = heard(rung("firing"), rung("firing"), rung("resolved"))
    assert course.next(100.0, well) is None


def test_it_undoes_when_time_is_over_every_alarm_has_ended_and_the_target_is_healthy() -> None:
    course = heard(rung("firing"), rung("firing", REVERSE))
    course.acted(100.0)
    course.hear(rung("resolved"))
    assert course.next(120.0, well) is None
    course.hear(rung("resolved", REVERSE))
    assert course.next(109.9, well) is None
    assert course.next(120.0, ill) is None
    assert course.next(110.0, well) is Move.UNDO


def test_it_cannot_flap() -> None:
    course = heard(rung("firing"))
    course.acted(100.0)
    assert course.is_in_force
    course.rests(110.0)
    assert not course.is_in_force
    assert [course.next(at, well) for at in (110.0, 169.9, 170.0)] == [None, None, Move.ACT]


def test_without_undo_it_stays_in_force() -> None:
    course = heard(rung("firing"), automation=Automation(name="x", rule="FlowLossHigh", order=ORDER))
    course.acted(100.0)
    course.hear(rung("resolved"))
    assert course.next(1e6, well) is None
