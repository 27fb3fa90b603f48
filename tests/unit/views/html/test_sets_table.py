"""The table of swept sets: predicted beside measured, surprises marked, and the sets that were not run apart from those that were."""

from dataclasses import replace

from lab.model.outcome import Breach, Status, Verdict
from lab.views.html.page import page
from lab.views.html.sets import sets_table
from lab.views.report.markdown import report_markdown
from lab.views.report.set_words import proven_words, standing_words
from lab.views.report.words import anchor
from tests.reports import full_report, swept

REPORT = full_report("hybrid-backup", checks=4)


def _swept(number: int = 2) -> Verdict:
    return swept(REPORT.verdicts[number])


def test_without_a_sweep_there_is_no_table() -> None:
    assert sets_table("hybrid-backup", REPORT.verdicts).text == ""


def test_a_set_that_was_run_has_its_prediction_and_its_measurement() -> None:
    one = _swept()
    out = next(flow for flow in one.flows if flow.phase == "during" and flow.lost and flow.reachable)
    assert out.foreseen is not None
    assert out.foreseen.outage_seconds is not None
    table = sets_table("hybrid-backup", [one]).text
    assert f"{out.foreseen.outage_seconds[0]:.2f} to {out.foreseen.outage_seconds[1]:.2f} s" in table
    assert table.count("measured ") == sum(flow.phase == "during" and flow.lost > 0 for flow in one.flows)


def test_a_surprise_is_marked_with_its_reason() -> None:
    one = _swept()
    flows = tuple(replace(flow, surprise="went elsewhere") if flow.phase == "during" else flow for flow in one.flows)
    table = sets_table("hybrid-backup", [replace(one, flows=flows)]).text
    assert table.count("<em>surprise</em>") == table.count('title="went elsewhere"') > 0
    assert "surprise" not in sets_table("hybrid-backup", [one]).text


def test_a_surprise_about_an_alarm_is_marked_at_its_set() -> None:
    wrong = Breach(what="surprise", words="alarm dark does not ring, predicted after 0 to 90 s")
    table = sets_table("hybrid-backup", [replace(_swept(), breaches=(wrong,))]).text
    assert table.count(f'<em title="{wrong.words}">surprise</em>') == 1


def test_sets_that_were_not_run_are_apart_and_name_the_one_that_was() -> None:
    one = _swept()
    run, _, rest = sets_table("hybrid-backup", [one]).text.partition("<details>")
    assert "dx1 + isp-a" not in run
    assert "2 more sets, predicted but not run" in rest
    assert "measured" not in rest
    assert rest.count(f">{one.title}</a>") == 2
    assert "<details>" not in sets_table("hybrid-backup", [replace(one, stands_for=())]).text


def test_the_page_shows_written_checks_in_one_table_and_swept_sets_in_another() -> None:
    mixed = replace(REPORT, verdicts=(*REPORT.verdicts[:2], _swept()))
    assert page(mixed).count('table class="matrix"') == 3
    only = replace(REPORT, verdicts=(_swept(),))
    assert page(only).count('table class="matrix"') == 2


def test_in_a_sweep_of_many_sets_only_those_that_did_not_pass_have_a_section() -> None:
    many = tuple(replace(_swept(), check=f"set {number}", stands_for=()) for number in range(101))
    failed = replace(many[0], status=Status.FAIL, reason="surprised")
    told = page(replace(REPORT, verdicts=(*REPORT.verdicts[:1], failed, *many[1:])))
    assert told.count("<article>") == 2
    assert told.count(f'id="{anchor(many[1])}"') == 1
    assert "has only its row here" in told
    assert "has only its row here" not in page(replace(REPORT, verdicts=many[:100]))


def test_markdown_has_the_prediction_and_how_many_sets_are_alike() -> None:
    told = report_markdown(replace(REPORT, verdicts=(_swept(),)))
    assert "(and 2 alike)" in told
    assert ", predicted " in told
    assert "1 set run, standing for 2 more" in told


def test_few_sets_are_all_named_and_many_are_counted() -> None:
    one = _swept()
    few = tuple(replace(one.stands_for[0], failed=(f"n{number}",)) for number in range(9))
    assert standing_words(few[:4]) == "stands for 4 more sets: n0, n1, n2, n3"
    assert standing_words(few[:5]) == "stands for 5 more sets: n0, n1, n2 and 2 others"
    assert list(proven_words([one, one])) == ["2 sets run, standing for 4 more"]
    assert list(proven_words([replace(one, stands_for=())])) == []
