"""The gate: labs are measured side by side, or built side by side, but nobody builds while another is measured.

Deploying a lab takes every core for seconds, and a neighbour that is being measured loses packets by it.
"""

from lab.api.jobs.messages import Activity


class Gate:
    """First come, first served: who comes later does not pass by who waits, so nobody waits for ever."""

    def __init__(self) -> None:
        self._inside: dict[str, Activity] = {}
        self._waiting: dict[str, Activity] = {}

    def ask(self, who: str, activity: Activity) -> None:
        """Stand in line."""
        self._waiting[who] = activity

    def leave(self, who: str) -> None:
        """Come out, or out of the line; one who is neither is fine."""
        self._inside.pop(who, None)
        self._waiting.pop(who, None)

    def admitted(self) -> tuple[str, ...]:
        """Let in whoever's turn has come; those let in just now."""
        let_in = []
        for who, activity in list(self._waiting.items()):
            if set(self._inside.values()) - {activity}:
                break
            self._inside[who] = self._waiting.pop(who)
            let_in.append(who)
        return tuple(let_in)
