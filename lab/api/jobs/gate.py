"""The gate decides when a job may begin an activity. No lab is deployed or removed while another lab is measured.

Deploying a lab uses every core for seconds. A lab that is measured at that time would lose packets. But several labs may be measured at the
same time, and several may be deployed if there are enough cores.
"""

from lab.api.jobs.messages import Activity


class Gate:
    """A queue of jobs. No job overtakes another, so no job waits for ever.

    At most `builders` jobs deploy or remove a lab at the same time.
    """

    def __init__(self, builders: int) -> None:
        self._builders = builders
        self._inside: dict[str, Activity] = {}
        self._waiting: dict[str, Activity] = {}

    def ask(self, who: str, activity: Activity) -> None:
        """Put a job at the end of the queue, with what it wants to do."""
        self._waiting[who] = activity

    def leave(self, who: str) -> None:
        """End the turn of a job. If the job still waits, remove it from the queue. Nothing happens if it is neither."""
        self._inside.pop(who, None)
        self._waiting.pop(who, None)

    def admitted(self) -> tuple[str, ...]:
        """Let the jobs at the head of the queue begin, as many as may work at the same time. Return their names."""
        let_in = []
        for who, activity in list(self._waiting.items()):
            is_full = activity is Activity.BUILDING and len(self._inside) >= self._builders
            if set(self._inside.values()) - {activity} or is_full:
                break
            self._inside[who] = self._waiting.pop(who)
            let_in.append(who)
        return tuple(let_in)
