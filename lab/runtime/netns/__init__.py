"""NETNS: read and change the network inside a node from the host, through netlink.

Laws: nothing is made in the host's own namespace. Reading (`NodeView`) loads no netlink library.
"""

from lab.runtime.netns.enter import namespace_of, socket_in
from lab.runtime.netns.networks import NodeNetworks
from lab.runtime.netns.view import NodeView

__all__ = ["NodeNetworks", "NodeView", "namespace_of", "socket_in"]
