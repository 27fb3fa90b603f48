"""AWS: turn AWS objects into routers. Law: customers see only what AWS shows them. Inside, AWS is one hidden AS with iBGP.

The marks in brackets, such as `D23` or `2.1`, are sources. `tests/live/behaviour/README.md` explains them.
"""

from lab.compiler.aws.dx_device import device_routes, dx_device
from lab.compiler.aws.gateway import gateway_core, gateway_routes
from lab.compiler.aws.route_table import table_routes
from lab.compiler.aws.vpc_router import vpc_router, vpc_routes
from lab.compiler.aws.vpn_endpoint import vpn_endpoint

__all__ = ["device_routes", "dx_device", "gateway_core", "gateway_routes", "table_routes", "vpc_router", "vpc_routes", "vpn_endpoint"]
