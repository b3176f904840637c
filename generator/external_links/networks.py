"""Which internet addresses anybody may be sent to: public ones, and none inside a machine or a local network."""

from __future__ import annotations

import ipaddress

_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
_RELAYED = ipaddress.IPv6Network("2002::/16")
"""Addresses that hold an IPv4 address of anybody's choice (6to4)."""
_SPECIAL = (ipaddress.IPv4Network("192.0.0.0/24"), ipaddress.IPv4Network("192.88.99.0/24"))
"""For protocols and relays; older Pythons call some of these global."""


def public(address: str) -> bool:
    """Whether an IP address is one of the public internet: '8.8.8.8' is, '127.0.0.1', 'fe80::1' and '::ffff:10.0.0.1' are not."""
    found = ipaddress.ip_address(address)
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return public(str(found.ipv4_mapped))
        return found in _GLOBAL_UNICAST and found not in _RELAYED and found.is_global
    return found.is_global and not (found.is_multicast or found.is_reserved or any(found in network for network in _SPECIAL))
