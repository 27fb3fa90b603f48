"""Problems as a terminal shows them: at most twenty, each with at most 400 characters."""

from lab.errors import InputError, Problem
from lab.views.problem_lines import error_text


def problems(number, message="wrong"):
    return InputError([Problem(place=f"a.yaml:{line}", message=message) for line in range(number)])


def test_a_long_problem_keeps_its_place_and_its_way_out():
    shown = error_text(problems(1, f"{'x' * 5000} (write less)"))
    assert len(shown) == 400
    assert shown.startswith("a.yaml:0: xxx")
    assert shown.endswith("xxx (write less)")
    assert " … " in shown


def test_a_problem_of_400_characters_is_whole():
    whole = "x" * (400 - len("a.yaml:0: "))
    assert error_text(problems(1, whole)) == f"a.yaml:0: {whole}"


def test_after_twenty_problems_the_rest_is_counted():
    assert error_text(problems(57)).splitlines()[19:] == ["a.yaml:19: wrong", "and 37 more"]
    assert len(error_text(problems(20)).splitlines()) == 20


def test_a_problem_is_one_line():
    assert error_text(problems(1, "two\nlines")) == r"a.yaml:0: two\nlines"
