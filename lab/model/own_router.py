"""A router of the customer that runs the customer's own FRR configuration instead of the lab's."""

from dataclasses import dataclass

LISTS_FROM = 10
"""The first number that a route-map entry of a customer may have. The lab's faults and automations use the numbers before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnConfiguration:
    """A customer's FRR configuration for the edge `router`. `file`: its path, as messages name it. `text`: with placeholders."""

    router: str
    file: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unforeseen:
    """A line of a customer's configuration that FRR runs, but that predictions do not understand. `place`: file:line."""

    place: str
    why: str

    def __str__(self) -> str:
        return f"{self.place}: {self.why}"
