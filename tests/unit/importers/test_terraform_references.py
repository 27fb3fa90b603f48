"""Which resource a value is that is known only after apply. The plan is recorded: Terraform 1.11.4 made it of `references/main.tf`."""

import json
from pathlib import Path

import pytest

from lab.importers.terraform.plan import Made, Plan, Shown, Unwritten

RECORDED = json.loads((Path(__file__).parent / "references" / "plan.json").read_text(encoding="utf-8"))


def shown() -> dict[str, Shown]:
    """Every resource of the plan, by its address."""
    root = RECORDED["planned_values"]["root_module"]
    return {
        each["address"]: Shown(
            address=each["address"],
            module=module.get("address", ""),
            kind=each["type"],
            name=each["name"],
            index=each.get("index"),
            is_data=False,
            values=each["values"],
            sensitive={},
        )
        for module in (root, *root["child_modules"])
        for each in module["resources"]
    }


@pytest.mark.parametrize(
    ("address", "leads_to"),
    [
        ("terraform_data.by_name", "terraform_data.one"),
        ("terraform_data.by_index", "terraform_data.counted[1]"),
        ("terraform_data.by_count[0]", "terraform_data.counted[0]"),
        ("terraform_data.by_count[1]", "terraform_data.counted[1]"),
        ('terraform_data.by_key["muc"]', 'terraform_data.keyed["muc"]'),
        ('terraform_data.by_chain["fra"]', 'terraform_data.keyed["fra"]'),
        ("terraform_data.by_try", "terraform_data.other"),
        ("terraform_data.by_output", 'module.site["muc"].terraform_data.this'),
        ('module.site["fra"].terraform_data.inner', 'module.site["fra"].terraform_data.this'),
        ('module.site["muc"].terraform_data.this', 'terraform_data.keyed["muc"]'),
    ],
)
def test_an_unknown_value_is_the_one_resource_that_its_expression_names(address: str, leads_to: str) -> None:
    every = shown()
    plan = Plan(RECORDED, list(every.values()))
    assert "input" in set(plan.unknown(every[address]))
    assert plan.meant(every[address], "input") == Made(id="", address=leads_to)


@pytest.mark.parametrize(
    "address",
    ["terraform_data.by_local", "terraform_data.by_choice", "terraform_data.by_other_count[0]", "terraform_data.by_other_count[2]"],
)
def test_a_value_that_may_be_one_of_several_resources_is_not_guessed(address: str) -> None:
    every = shown()
    assert Plan(RECORDED, list(every.values())).meant(every[address], "input") is None


def test_a_value_that_nobody_wrote_is_chosen_by_aws() -> None:
    every = shown()
    assert Plan(RECORDED, list(every.values())).meant(every["terraform_data.unwritten"], "input") == Unwritten()


def test_a_plan_without_its_configuration_says_nothing_of_unknown_values() -> None:
    every = shown()
    bare = {key: value for key, value in RECORDED.items() if key != "configuration"}
    assert Plan(bare, list(every.values())).meant(every["terraform_data.by_name"], "input") is None


def test_in_a_state_everything_is_known() -> None:
    every = shown()
    assert list(Plan({}, list(every.values())).unknown(every["terraform_data.by_name"])) == []
