"""A number with the noun that it counts."""


def counted(number: int, thing: str) -> str:
    """1 check, 2 checks, 2 topologies."""
    several = thing[:-1] + "ies" if thing.endswith("y") else thing + "s"
    return f"{number} {thing if number == 1 else several}"
