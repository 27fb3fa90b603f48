"""Read files: a file that cannot be read gives a message, never a traceback."""

from pathlib import Path

import pytest

from lab.errors import InputError
from lab.intent.document.file import read_document


def _refusal(path: Path) -> str:
    with pytest.raises(InputError) as caught:
        read_document(path)
    assert len(caught.value.problems) == 1
    return str(caught.value).removeprefix(str(path))


def test_a_missing_file_is_told_with_its_near_miss(written):
    path = written("a: 1", "hybrid-backup.yaml").with_name("hybrid-backups.yaml")
    assert _refusal(path) == f": there is no such file (did you mean '{path.with_name('hybrid-backup.yaml')}'?)"


def test_a_missing_file_in_a_missing_folder_is_told(tmp_path):
    assert _refusal(tmp_path / "no" / "where.yaml") == ": there is no such file (give the path of a YAML file)"


def test_a_path_no_file_can_have_is_told():
    assert "File name too long" in _refusal(Path("x" * 5000))
    assert "no such file" in _refusal(Path("nul\0byte.yaml"))


def test_a_link_to_nowhere_is_told_with_where_it_leads(tmp_path):
    (tmp_path / "lab.yaml").symlink_to("gone.yaml")
    assert _refusal(tmp_path / "lab.yaml") == ": this is a link to gone.yaml, which does not exist (fix the link)"


def test_a_colon_in_a_text_is_told_with_the_way_out(written):
    assert "put text with a colon in quotes)" in _refusal(written("summary: a: b"))


def test_a_directory_is_told(tmp_path):
    assert _refusal(tmp_path) == ": this is a directory, expected a YAML file (name a file in the directory)"


def test_what_is_no_regular_file_is_not_waited_for():
    assert "is not a regular file" in _refusal(Path("/dev/zero"))


def test_a_huge_file_is_not_parsed(written):
    assert "is larger than 256 KiB" in _refusal(written("x" * 300_000))


def test_very_deep_nesting_is_told(written):
    assert "nested too deeply" in _refusal(written("a: " + "[\n" * 5000))


def test_every_value_has_its_line(written):
    document = read_document(written("a: 1\nb:\n  - x\n  - {c: 2}\n"))
    assert document.data == {"a": 1, "b": ["x", {"c": 2}]}
    assert [document.line(where) for where in ((), ("a",), ("b",), ("b", 1), ("b", 1, "c"))] == [1, 1, 2, 4, 4]


def test_what_is_not_written_has_the_line_of_what_is_around_it(written):
    assert read_document(written("a:\n  b:\n    c: 1\n")).line(("a", "b", "missing", 3)) == 2


def test_a_byte_order_mark_and_windows_line_ends_are_read(tmp_path):
    path = tmp_path / "lab.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    assert read_document(path).data == {"a": 1, "b": 2}


def test_aliases_are_written_out(written):
    assert read_document(written("a: &x [1, 2]\nb: *x\n")).data == {"a": [1, 2], "b": [1, 2]}


@pytest.mark.parametrize(
    "text", ["2026-01-01", ".nan", ".inf", "0x10", "010", "1:30", "1e5", "9" * 5000, "1_000", "=", "!!int x", "!!bool maybe", "!!float ''"]
)
def test_odd_scalars_stay_the_text_they_were_written_as(written, text):
    assert isinstance(read_document(written(f"a: {text}\n")).data["a"], str)


@pytest.mark.parametrize(
    ("text", "value"), [("~", None), ("", None), ("Yes", True), ("off", False), ("-5", -5), ("1.5", 1.5), ("'5'", "5")]
)
def test_plain_scalars_are_what_yaml_says(written, text, value):
    assert read_document(written(f"a: {text}\n")).data == {"a": value}


def test_half_characters_do_not_reach_a_message(written):
    document = read_document(written('"\\ud800": "\\udfff\\0"\n'))
    assert document.data == {"?": "??"}
