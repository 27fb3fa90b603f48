"""Parts of SVG paths: straight lines and curves between absolute points."""

Point = tuple[float, float]
_ROUND = 7.0


def point(at: Point) -> str:
    """A point in the syntax of SVG paths."""
    return f"{at[0]:.1f},{at[1]:.1f}"


def straight(end: Point) -> str:
    """A straight line to a point."""
    return f"L{point(end)}"


def curve(start: Point, end: Point) -> str:
    """A curve that leaves and arrives horizontally."""
    if abs(start[1] - end[1]) < 0.05:
        return straight(end)
    middle = (start[0] + end[0]) / 2
    return f"C{point((middle, start[1]))} {point((middle, end[1]))} {point(end)}"


def cornered(start: Point, rail: float, end: Point) -> str:
    """A line with two round corners: horizontally to the x coordinate `rail`, then vertically, then horizontally to the end."""
    down = 1 if end[1] > start[1] else -1
    turn = min(_ROUND, abs(end[1] - start[1]) / 2, abs(rail - start[0]), abs(rail - end[0]))
    out, back = (turn if rail > start[0] else -turn), (turn if rail > end[0] else -turn)
    first = f"L{point((rail - out, start[1]))} {_corner((rail, start[1]), (rail, start[1] + down * turn))}"
    second = f"L{point((rail, end[1] - down * turn))} {_corner((rail, end[1]), (rail - back, end[1]))}"
    return f"{first} {second} L{point(end)}"


def _corner(tip: Point, end: Point) -> str:
    """A round corner. `tip`: where the corner would be if it were sharp."""
    return f"C{point(tip)} {point(tip)} {point(end)}"
