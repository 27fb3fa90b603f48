"""The reference page of commands equals the help of each command. RECORD=1 writes it again."""

import os

from invoke.collection import Collection

from lab.door.screen import command_help
from lab.door.verbs import groups
from tests.shipped import ROOT

PAGE = ROOT / "docs" / "reference" / "commands.md"
MARK = "<!-- made from the commands -->\n\n"
WIDTH = 100


def help_of_all() -> str:
    """The help of every command, group by group."""
    collection = Collection(*(each for commands in groups().values() for each in commands))
    contexts = {str(context.name): context for context in collection.to_contexts()}
    lines: list[str] = []
    for title, commands in groups().items():
        lines += [f"## {title.capitalize()}", ""]
        for each in commands:
            name = each.name.replace("_", "-")
            lines += [f"### {name}", "", "```", command_help(each, contexts[name], WIDTH).rstrip(), "```", ""]
    return "\n".join(lines).rstrip() + "\n"


def test_the_page_is_the_help_of_every_command() -> None:
    head, mark, told = PAGE.read_text(encoding="utf-8").partition(MARK)
    assert mark, f"the help stands below the line {MARK.strip()}"
    if os.environ.get("RECORD") == "1":
        PAGE.write_text(head + mark + help_of_all(), encoding="utf-8")
        told = help_of_all()
    assert told == help_of_all()
    assert "### lab-test\n" in told
