"""AWS: how AWS objects become routers. Law: customers see only what AWS would show them; the inside is one hidden AS with iBGP."""

from lab.compiler.aws.gateway import gateway_core
from lab.compiler.aws.vpn_endpoint import vpn_endpoint

__all__ = ["gateway_core", "vpn_endpoint"]
