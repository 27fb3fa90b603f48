"""The gate: several labs may be measured, or several built, but no lab is built while another is measured.

Deploying a lab uses every core for seconds. A lab that is measured at that time would lose packets.
"""

from lab.api.jobs.messages import Activity


class Gate:
    """First come, first served. Nobody is overtaken, so nobody waits for ever."""

    def __init__(self) -> None:
        self._inside: dict[str, Activity] = {}
        self._waiting: dict[str, Activity] = {}

    def ask(self, who: str, activity: Activity) -> None:
        """Join the queue."""
        self._waiting[who] = activity

    def leave(self, who: str) -> None:
        """Leave the gate or the queue. Safe for a job that is in neither."""
        self._inside.pop(who, None)
        self._waiting.pop(who, None)

    def admitted(self) -> tuple[str, ...]:
        """Admit the jobs whose turn has come. Return those admitted now."""
        let_in = []
        for who, activity in list(self._waiting.items()):
            if set(self._inside.values()) - {activity}:
                break
            self._inside[who] = self._waiting.pop(who)
            let_in.append(who)
        return tuple(let_in)
