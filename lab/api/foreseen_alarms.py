"""Predict which alarms of CloudWatch ring in a check. Its verdict compares them with those that ring in the lab."""

from dataclasses import replace

from lab.analysis.alarms import foreseen_alarms
from lab.model.check import Check
from lab.predict import Predictor
from lab.predict.recorded import as_recorded
from lab.predict.written import failures


def with_alarms(predictor: Predictor, check: Check) -> Check:
    """The same check, with the alarms in its prediction. A check without a prediction is unchanged."""
    if check.foreseen is None:
        return check
    lasting = check.steps[0].duration  # the faults of a predicted check end together
    alarms = foreseen_alarms(predictor.plan, *as_recorded(predictor, failures(check)), lasting)
    return replace(check, foreseen=replace(check.foreseen, alarms=alarms))
