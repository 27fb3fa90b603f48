"""Try a kernel feature once, in a temporary network namespace. Everything that a trial makes vanishes with the namespace."""

import ctypes
import os
import socket
import struct
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import assert_never

from pyroute2 import IPRoute
from pyroute2.netlink.exceptions import NetlinkError

from lab.errors import HostError, LabError
from lab.model.impairment import Bandwidth, Latency, SizeLimit
from lab.runtime.host.kernel import Feature, kernel_with
from lab.runtime.netns.drops import Drops
from lab.runtime.netns.dump import Dump
from lab.runtime.netns.firewall import Firewall
from lab.runtime.netns.nat import Nat
from lab.runtime.netns.queues import Queues

_CLONE_NEWNET = 0x40000000
_TCP_MD5SIG = 14  # linux/tcp.h, with struct tcp_md5sig: address (128 bytes), flags, prefix, key length, ifindex, key (80 bytes)
_MD5_KEY = b"trial"
_LOOPBACK = 1
_LINKS: dict[Feature, dict[str, str | int]] = {
    Feature.VETH: {"kind": "veth", "peer": "trial1"},
    Feature.BRIDGE: {"kind": "bridge"},
    Feature.IPSEC: {"kind": "xfrm", "xfrm_if_id": 7},
    Feature.VRF: {"kind": "vrf", "vrf_table": 7},
}
"""Interfaces of each kind. ESP itself cannot be tried, but every kernel with XFRM interfaces has it."""


def may_try() -> bool:
    """Whether we may make a network namespace. The user root may, except in a container without the necessary rights."""
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_enter_new_namespace).result() is None


def try_out(feature: Feature) -> str | None:
    """Try a feature. Return the kernel's reason if it fails, else None. Call this only if `may_try`.

    The namespace belongs to a thread of its own and ends with it, whatever happens to the command.
    """
    with ThreadPoolExecutor(max_workers=1) as thread:
        return thread.submit(_in_new_namespace, feature).result()


def require_feature(feature: Feature) -> None:
    """Try a feature. Raises HostError with the kernel's reason if it fails. A trial may load the kernel module of the feature."""
    reason = try_out(feature)
    if reason is not None:
        raise HostError(
            f"this kernel does not support {feature.value}. A test of {feature.value} failed: {reason} (use {kernel_with(feature)})"
        )


def _enter_new_namespace() -> str | None:
    """Move the calling thread into a new namespace. Return the reason if that fails, else None.

    (os.unshare exists only from Python 3.12 on.)
    """
    libc = ctypes.CDLL(None, use_errno=True)
    return None if libc.unshare(_CLONE_NEWNET) == 0 else os.strerror(ctypes.get_errno())


def _in_new_namespace(feature: Feature) -> str | None:
    refusal = _enter_new_namespace()
    if refusal is not None:
        return refusal
    try:
        with IPRoute() as ip:
            _use(feature, ip)
    except NetlinkError as error:
        return os.strerror(error.code)
    except (OSError, LabError) as error:
        return str(error)
    return None


def _use(feature: Feature, ip: IPRoute) -> None:
    match feature:
        case Feature.NETNS:
            ip.get_links()
        case Feature.VETH | Feature.BRIDGE | Feature.IPSEC | Feature.VRF:
            ip.link("add", ifname="trial0", **_LINKS[feature])
        case Feature.DROP:
            _drop()
        case Feature.TCP_MD5:
            _sign_tcp()
        case Feature.TBF | Feature.NETEM:
            slow = Bandwidth(bits_per_second=1_000_000) if feature is Feature.TBF else Latency(seconds=0.001)
            with closing(Dump(threading.get_native_id())) as dump:
                Queues(ip, dump).set(_LOOPBACK, slow)
        case Feature.VLAN:
            # loopback cannot have a VLAN, so make a pair of interfaces
            ip.link("add", ifname="trial0", kind="veth", peer="trial1")
            ip.link("add", ifname="trial0.7", kind="vlan", link=ip.link_lookup(ifname="trial0")[0], vlan_id=7)
        case Feature.STATE:
            with closing(Firewall(threading.get_native_id())) as firewall:
                firewall.set_up()
        case Feature.NAT:
            with closing(Nat(threading.get_native_id())) as nat:
                nat.set_up()
        case _:
            assert_never(feature)


def _drop() -> None:
    drops = Drops(threading.get_native_id())
    drops.add("trial", ("lo",), mute=True)
    drops.add_some("trial-some", "lo", SizeLimit(octets=1400))
    drops.close()


def _sign_tcp() -> None:
    """Set a TCP MD5 key for one address (RFC 2385), as bgpd does for a neighbor with a password."""
    address = struct.pack("=HH4s120x", socket.AF_INET, 0, socket.inet_aton("192.0.2.1"))
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as speaker:
        speaker.setsockopt(socket.IPPROTO_TCP, _TCP_MD5SIG, address + struct.pack("=BBHi80s", 0, 0, len(_MD5_KEY), 0, _MD5_KEY))
