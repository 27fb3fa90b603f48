"""What a monitor of a lab needs. It loads little, because the keeper of a monitor begins with it."""

from pathlib import Path

from lab.model.plan import Plan
from lab.model.progress import Say
from lab.monitor.running import Order
from lab.runtime.docker.engine import ready_engine
from lab.runtime.docker.image import MONITOR, ready_image
from lab.runtime.docker.monitors import MonitorContainers
from lab.runtime.home import Home


def order_for(lab: str, rules: tuple[Path, ...], say: Say) -> Order:
    """What a monitor of the lab needs. Builds its image if this host does not have it. `rules`: the user's rule files."""
    client = ready_engine(say)
    image = ready_image(client, say, MONITOR)
    return Order(lab=lab, image=image, containers=MonitorContainers(client), folder=Home(lab).monitor, rules=rules)


def rules_of(plan: Plan) -> tuple[Path, ...]:
    """The rule files of the user that a plan names."""
    return tuple(map(Path, plan.monitoring.rules if plan.monitoring else ()))
