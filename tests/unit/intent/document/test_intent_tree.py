"""libyaml and PyYAML's own parser read the same from a YAML text, with the same line of each value."""

import pytest
import yaml

from lab.intent.document.tree import trees
from tests.shipped import ROOT

FILES = sorted([*(ROOT / "topologies").glob("*.yaml"), *(ROOT / "checks").glob("*/*.yaml")])


def told(node):
    place = (node.tag, node.start_mark.line)
    if isinstance(node, yaml.ScalarNode):
        return (*place, node.value)
    children = node.value if isinstance(node, yaml.SequenceNode) else [each for pair in node.value for each in pair]
    return (*place, [told(child) for child in children])


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_both_parsers_read_the_same_in_a_shipped_file(path):
    text = path.read_text(encoding="utf-8")
    assert [told(tree) for tree in trees(text)] == [told(tree) for tree in yaml.compose_all(text, Loader=yaml.SafeLoader)]


@pytest.mark.parametrize("deep", ["[" * 200_000, "{a: " * 60_000, "- " * 120_000], ids=["lists", "mappings", "blocks"])
def test_a_text_nested_without_end_is_an_error_and_no_crash(deep):
    with pytest.raises((yaml.YAMLError, RecursionError)):
        trees(deep)


def test_a_mistake_is_told_by_the_parser_with_the_better_words():
    with pytest.raises(yaml.YAMLError, match="mapping values are not allowed here"):
        trees("a: b: c")
