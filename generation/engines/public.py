"""Which addresses are public. What an engine's answer names must not lead our workers inside their own network."""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

_TRANSLATED = tuple(
    map(ip_network, ("64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16"))
)  # hold an IPv4 address


def is_public(host: str) -> bool:
    """Whether a host may be public: a name is looked at again when it is resolved."""
    try:
        address = ip_address(host)
    except ValueError:
        return bool(host)
    return _is_public(address)


def _is_public(address: IPv4Address | IPv6Address) -> bool:
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    return address.is_global and not address.is_multicast and not any(address in network for network in _TRANSLATED)


class PublicResolver(AbstractResolver):
    """Resolves names, and knows none that leads to an address that is not public."""

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Give the addresses of a name. Raises OSError where one of them is not public."""
        found = await self._resolver.resolve(host, port, family)
        if not all(is_public(result["host"]) for result in found):
            raise OSError(f"{host} is inside the network")
        return found

    async def close(self) -> None:
        """Nothing to give back."""
