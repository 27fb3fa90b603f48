"""The gate decides whose turn it is: no lab is deployed or removed while another one is measured.

Deploying a lab uses every core for seconds. A lab that is measured at that time would lose packets. Several labs may be measured at the
same time, or several deployed.
"""

from lab.api.jobs.messages import Activity


class Gate:
    """A queue of jobs. Nobody overtakes anybody, so nobody waits for ever."""

    def __init__(self) -> None:
        self._inside: dict[str, Activity] = {}
        self._waiting: dict[str, Activity] = {}

    def ask(self, who: str, activity: Activity) -> None:
        """Put a job at the end of the queue."""
        self._waiting[who] = activity

    def leave(self, who: str) -> None:
        """End the turn of a job, or take it out of the queue. Does nothing for other jobs."""
        self._inside.pop(who, None)
        self._waiting.pop(who, None)

    def admitted(self) -> tuple[str, ...]:
        """Admit the jobs whose turn has come, and return them."""
        let_in = []
        for who, activity in list(self._waiting.items()):
            if set(self._inside.values()) - {activity}:
                break
            self._inside[who] = self._waiting.pop(who)
            let_in.append(who)
        return tuple(let_in)
