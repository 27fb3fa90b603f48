"""The command export: files for other products, never over a file of the user."""

from pathlib import Path

import pytest

from lab.api.export import export_topology
from lab.errors import InputError, UnforeseenError
from lab.export import Product
from lab.model.plan import Timers
from tests.unit.compiler.own import CONFIGURATION, written


def _silent(_: str) -> None:
    pass


def test_a_network_without_vpn_has_nothing_for_strongswan():
    with pytest.raises(InputError, match="no router of redundant-dx has a VPN"):
        export_topology("redundant-dx", Timers.TUNED, Product.STRONGSWAN, _silent)


@pytest.mark.parametrize("product", Product)
def test_no_key_of_a_lab_is_in_an_export(product: Product):
    text = "".join(each.text for each in export_topology("hybrid-backup", Timers.TUNED, product, _silent))
    assert "md5-of-" not in text
    assert "<pre-shared-key-of-vpn1-1>" in text


def test_an_own_configuration_is_exported_as_what_it_says(tmp_path: Path):
    (file,) = export_topology(str(written(tmp_path)), Timers.TUNED, Product.IOS_XE, _silent)
    assert "set local-preference 300" in file.text
    assert "bfd interval 300 min_rx 300 multiplier 5" in file.text


def test_an_own_configuration_that_is_not_understood_is_not_exported(tmp_path: Path):
    unknown = CONFIGURATION.replace("  neighbor VPN activate", "  neighbor VPN activate\n  neighbor VPN default-originate")
    with pytest.raises(UnforeseenError, match=r"my-frr\.conf:\d+"):
        export_topology(str(written(tmp_path, unknown)), Timers.TUNED, Product.JUNOS, _silent)
