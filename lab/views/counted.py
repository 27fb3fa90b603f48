"""Write a number with its noun."""


def counted(number: int, thing: str) -> str:
    """A number with its noun in the singular or the plural: 1 check, 2 checks, 2 topologies."""
    several = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{number} {thing if number == 1 else several}"
