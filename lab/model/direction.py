"""Direction: the two directions of a flow."""

from typing import Literal

Direction = Literal["forward", "reverse"]
DIRECTIONS: tuple[Direction, ...] = ("forward", "reverse")
