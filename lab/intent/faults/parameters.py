"""Parameters: what a step may say of its fault beside kind and target, as written and as understood."""

from dataclasses import dataclass, fields
from typing import Annotated

from pydantic import Field

from lab.intent.fields import Written
from lab.model.fault import Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """What was said of a fault; None where nothing was."""

    way: Way | None = None

    def said(self) -> tuple[str, ...]:
        """The names of what was said."""
        return tuple(field.name for field in fields(self) if getattr(self, field.name) is not None)


EXAMPLES: dict[str, str] = {"way": "a-to-b"}
"""How each is written, for messages and schemas."""


class ParametersDocument(Written):
    """The parameters of a fault, key by key; which kind takes which is found when the fault is."""

    way: Annotated[Way | None, Field(description="Which direction of a link is meant; both unless one is named.")] = None

    def understood(self) -> Parameters:
        """Without the shape of YAML."""
        return Parameters(way=self.way)
