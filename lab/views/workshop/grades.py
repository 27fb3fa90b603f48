"""How far every student is, as a table."""

import csv
import io
from collections.abc import Sequence

from lab.views.json_text import Json, json_text
from lab.views.workshop.listing import Seen, state_of


def grades_text(table: Sequence[Seen]) -> str:
    """A line for each student: how many chapters are solved, the present one, and its attempts and hints."""
    rows = [("student", "solved", "present chapter", "state", "attempts", "hints"), *(_row(seen) for seen in table)]
    widths = [max(len(row[at]) for row in rows) for at in range(len(rows[0]))]
    lines = ("  ".join(f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows)
    return "".join(f"{line}\n" for line in lines)


def grades_csv(table: Sequence[Seen]) -> str:
    """A row for each student and started chapter."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(["student", "course", "chapter", "started", "attempts", "solved", "hints", "solution_shown"])
    for seen in table:
        for each in seen.progress.standings:
            writer.writerow(
                [
                    seen.progress.student,
                    seen.course.name,
                    each.chapter,
                    each.started,
                    len(each.attempts),
                    "yes" if each.is_solved else "no",
                    each.hints,
                    "yes" if each.is_shown else "no",
                ]
            )
    return file.getvalue()


def grades_json(table: Sequence[Seen]) -> str:
    """Every student with every started chapter."""
    students: list[Json] = [
        {
            "student": seen.progress.student,
            "chapters": [
                {
                    "chapter": each.chapter,
                    "started": each.started,
                    "attempts": len(each.attempts),
                    "solved": each.is_solved,
                    "hints": each.hints,
                    "solution_shown": each.is_shown,
                }
                for each in seen.progress.standings
            ],
        }
        for seen in table
    ]
    return json_text({"students": students})


def _row(seen: Seen) -> tuple[str, ...]:
    present = seen.progress.present
    solved = sum(each.is_solved for each in seen.progress.standings)
    return (
        seen.progress.student,
        f"{solved} of {len(seen.course.chapters)}",
        present.chapter if present else "–",
        state_of(present),
        str(len(present.attempts) if present else 0),
        str(present.hints if present else 0),
    )
