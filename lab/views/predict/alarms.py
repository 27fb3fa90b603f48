"""Who would notice each failure, as text and as JSON."""

from collections.abc import Iterator, Sequence

from lab.model.noticed import PredictedNotices, Ring
from lab.views.before.wrapped import wrapped
from lab.views.counted import counted
from lab.views.json_text import Json, json_text
from lab.views.report.notice_words import NOBODY, cloudwatch_words

_MOST_ROWS = 100
"""At most this many rows are shown. `--json` has all."""


def alarms_text(predicted: Sequence[PredictedNotices], width: int | None = None) -> str:
    """A table for each topology. `width`: the columns of the terminal, None if there is none."""
    return "\n".join(wrapped([*_table(each)], width) for each in predicted)


def alarms_json(predicted: Sequence[PredictedNotices], seconds: float) -> str:
    """One topology is an object. Several topologies are an object with a list under `predictions`. `seconds`: how long it took."""
    made = [_json(each) for each in predicted]
    told: dict[str, Json] = made[0] if len(made) == 1 else {"predictions": [*made]}
    return json_text({"schema": 1, **told, "seconds": seconds})


def _table(predicted: PredictedNotices) -> Iterator[str]:
    unnoticed = sum(notice.noticed == "nobody" for _, notice in predicted.sets)
    yield f"{predicted.topology}  {predicted.timers} timers, {counted(len(predicted.sets), 'set')}, {unnoticed} that {NOBODY}"
    rows = [("what fails", "first router", "first alarm of CloudWatch, after the failure")]
    for failed, notice in predicted.sets[:_MOST_ROWS]:
        router = notice.router.node if notice.router else "–"
        alarm = NOBODY if notice.noticed == "nobody" else cloudwatch_words(notice)
        rows.append((" + ".join(failed), router, alarm))
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    yield from ("  " + "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    if len(predicted.sets) > _MOST_ROWS:
        yield f"  and {len(predicted.sets) - _MOST_ROWS} more (--json has all)"
    yield ""


def _json(predicted: PredictedNotices) -> dict[str, Json]:
    return {
        "topology": predicted.topology,
        "timers": predicted.timers,
        "sets": [
            {
                "failed": list(failed),
                "noticed": notice.noticed,
                "router": notice.router.node if notice.router else None,
                "alarms": [_ring(ring) for ring in notice.rings],
            }
            for failed, notice in predicted.sets
        ],
    }


def _ring(ring: Ring) -> Json:
    return {"rule": ring.rule, "source": ring.source, "computed": ring.computed, "after_seconds": ring.after}
