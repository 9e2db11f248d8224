"""Who asks, as far as limits go: one address, or the network that one owner of IPv6 addresses has."""

import ipaddress
from functools import lru_cache

from starlette.types import Scope

_OWNED = 64  # bits of an IPv6 address that name its network: whoever has one address there has all of them


def client_of(scope: Scope) -> str:
    """A name for whoever sends the request; '' where it is not known."""
    client = scope.get("client")
    return owner_of(str(client[0])) if client else ""


@lru_cache(maxsize=4096)
def owner_of(address: str) -> str:
    """The address itself, or the network of an IPv6 address; IPv4 written as IPv6 is IPv4."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _OWNED), strict=False))
