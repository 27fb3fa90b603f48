"""Make a topology of what Terraform or CloudFormation declares, or find where it and a topology differ. Nothing is written here."""

from lab.api.import_aws import Order, made_of
from lab.importers.code_files import read_code
from lab.intent import read_template
from lab.model.imported import ImportDone


def import_terraform(order: Order) -> ImportDone:
    """The topology of what files declare. If there is no sites file: a draft of one. Raises one InputError that lists every problem."""
    return made_of(read_code(order.files, read_template), order, "import-terraform")
