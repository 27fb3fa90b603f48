"""A report as JSON, for programs. Law: as long as the schema number is the same, keys may be added, but never renamed or removed."""

from lab.model.check import Expectation, Promise
from lab.model.evidence import Convergence, HostLoad, Readings, Spread, TimelineEvent
from lab.model.outcome import Breach, ConvergenceEvent, FlowOutcome, Report, Status, StepOutcome, Verdict
from lab.model.run import HostFacts, LabFacts, Run
from lab.views.baseline.contrast_json import change_json, contrast_json
from lab.views.baseline.start_json import start_json
from lab.views.json_text import Json, json_text
from lab.views.predict.as_json import outcome_json
from lab.views.report.notice_json import foreseen_json, notice_json, ring_json

SCHEMA = 1


def report_json(report: Report) -> str:
    """The whole report as JSON. Durations are seconds. Instants are seconds since the start of the check."""
    return json_text(
        {
            "schema": SCHEMA,
            "tool": {"version": report.version},
            "begun": report.begun or None,
            "host": _host(report.host),
            "images": dict(report.images),
            "runs": [_run(run) for run in report.runs],
            "labs": [_lab(lab) for lab in report.labs],
            "limits": [{"topology": limit.topology, "words": limit.words} for limit in report.limits],
            "checks": [_check(verdict) for verdict in report.verdicts],
            "baseline": contrast_json(report.contrast) if report.contrast else None,
            "regressions": [change_json(change) for change in report.contrast.worse] if report.contrast else None,
            "summary": {
                "pass": report.count(Status.PASS),
                "fail": report.count(Status.FAIL),
                "error": report.count(Status.ERROR),
                "surprises": report.surprises,
                "wall_seconds": report.wall_seconds,
                "untested_promises": report.untested_promises,
                "unnoticed": report.unnoticed,
            },
        }
    )


def _run(run: Run) -> Json:
    return {
        "host": _host(run.host),
        "begun": run.begun or None,
        "wall_seconds": run.wall_seconds,
        "journal": run.journal,
        "version": run.version,
        "only": run.only,
    }


def _host(host: HostFacts) -> Json:
    return {"kernel": host.kernel, "cpus": host.cpus, "capabilities": dict(host.capabilities)}


def _lab(lab: LabFacts) -> Json:
    return {
        "topology": lab.topology,
        "timers": lab.timers,
        "ipsec": lab.ipsec,
        "circuits": lab.circuits,
        "nodes": lab.nodes,
        "links": lab.links,
        "up_seconds": lab.up_seconds,
        "down_seconds": lab.down_seconds,
    }


def _check(verdict: Verdict) -> Json:
    return {
        "topology": verdict.topology,
        "check": verdict.check,
        "run": verdict.run or None,
        "summary": verdict.summary,
        "origin": "sweep" if verdict.is_swept else "file",
        "stands_for": [each.name for each in verdict.stands_for],
        "status": verdict.status.value,
        "reason": verdict.reason,
        "repeats": verdict.repeats,
        "wall_seconds": verdict.wall_seconds,
        "steps": [_step(step) for step in verdict.steps],
        "events": [_convergence_event(event) for event in verdict.events],
        "expectations": [_expectation(expectation) for expectation in verdict.expectations],
        "promises": verdict.promises,
        "untested": verdict.not_tested,
        "breaches": [_breach(breach) for breach in verdict.breaches],
        "flows": [_flow(flow) for flow in verdict.flows],
        "timeline": [_event(event) for event in verdict.timeline],
        "spreads": [_spread(spread) for spread in verdict.spreads],
        "rejected": verdict.rejected,
        "notes": verdict.notes,
        "alarms": [ring_json(ring, notice) for notice in verdict.notices for ring in notice.rings],
        "promised_alarms": [{"rule": each.rule, "within": each.within} for each in verdict.alarms],
        "promised_silence": verdict.is_silent,
        "predicted_alarms": None if verdict.foreseen_alarms is None else [*map(foreseen_json, verdict.foreseen_alarms)],
        "alarm_surprises": verdict.alarm_surprises,
        "monitored": verdict.is_monitored,
        "noticed": verdict.noticed,
        "notices": [notice_json(notice) for notice in verdict.notices],
        "load": _load(verdict.load) if verdict.load else None,
        "journal": verdict.journal,
    }


def _step(step: StepOutcome) -> Json:
    return {"fault": step.kind, "target": step.target, "applied": step.applied, "undone": step.undone}


def _flow(flow: FlowOutcome) -> Json:
    return {
        "flow": flow.flow,
        "direction": flow.direction,
        "phase": flow.phase,
        "event": flow.event,
        "rate_pps": flow.rate_pps,
        "sent": flow.sent,
        "lost": flow.lost,
        "outage_seconds": flow.outage_seconds,
        "longest_loss_seconds": flow.longest_loss_seconds,
        "resolution_seconds": flow.resolution_seconds,
        "reachable": flow.reachable,
        "path_before": flow.path_before,
        "path": flow.path,
        "readings": _readings(flow.readings) if flow.readings else None,
        "convergence": _convergence(flow.convergence) if flow.convergence else None,
        "promised": _promise(flow.promised) if flow.promised else None,
        "share": flow.share,
        "untouched": flow.untouched,
        "predicted": outcome_json(flow.foreseen) if flow.foreseen else None,
        "surprise": flow.surprise,
    }


def _expectation(expectation: Expectation) -> Json:
    return {
        "flow": expectation.flow,
        "directions": expectation.directions,
        "before": expectation.before,
        "during": _promise(expectation.during) if expectation.during else None,
        "after": _promise(expectation.after) if expectation.after else None,
        "when": {expectation.when.step: expectation.when.turn} if expectation.when else None,
        "then": _promise(expectation.then) if expectation.then else None,
        "symmetric": expectation.symmetric,
    }


def _promise(promise: Promise) -> Json:
    return {
        "outage_at_most": promise.outage_at_most,
        "outage_at_least": promise.outage_at_least,
        "via": promise.via,
        "reachable": promise.reachable,
    }


def _convergence_event(event: ConvergenceEvent) -> Json:
    return {"event": event.name, "phase": event.phase, "at": event.at, "begins": event.begins, "ends": event.ends}


def _breach(breach: Breach) -> Json:
    return {
        "what": breach.what,
        "flow": breach.flow,
        "direction": breach.direction,
        "phase": breach.phase,
        "event": breach.event,
        "words": breach.words,
    }


def _event(event: TimelineEvent) -> Json:
    return {"at": event.at, "node": event.node, "source": event.source, "what": event.what}


def _readings(readings: Readings) -> Json:
    return {
        "loss_seconds": readings.loss_seconds,
        "gap_seconds": readings.gap_seconds,
        "event_seconds": readings.event_seconds,
        "tolerance_seconds": readings.tolerance_seconds,
        "agree": readings.agree,
    }


def _convergence(convergence: Convergence) -> Json:
    return {
        "event_at": convergence.event_at,
        "detected_by": _event(convergence.noticed) if convergence.noticed else None,
        "detection_seconds": convergence.detection_seconds,
        "control_plane_seconds": convergence.control_plane_seconds,
        "fib_seconds": convergence.fib_seconds,
        "data_plane_seconds": convergence.data_plane_seconds,
        "frr_control_plane_seconds": convergence.frr_control_plane_seconds,
        "frr_fib_seconds": convergence.frr_fib_seconds,
    }


def _spread(spread: Spread) -> Json:
    return {
        "flow": spread.flow,
        "direction": spread.direction,
        "phase": spread.phase,
        "event": spread.event,
        "outages": spread.outages,
        "median": spread.median,
        "p1": spread.p1,
        "p99": spread.p99,
        "deviation": spread.deviation,
        "paths_before": spread.paths_before,
        "paths": spread.paths,
        "starts": [start_json(start) for start in spread.starts],
    }


def _load(load: HostLoad) -> Json:
    return {"busy": load.busy, "stalled": load.stalled, "latest_probe_seconds": load.latest_probe_seconds}
