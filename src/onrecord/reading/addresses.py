"""Which network addresses may be connected to: public unicast ones only, whatever form they are written in."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

Address = IPv4Address | IPv6Address

# IANA special-purpose registries, beyond what `is_global` refuses on all supported Python versions. Addresses that
# carry an IPv4 address inside (mapped, NAT64, 6to4, Teredo) are refused whole: where they lead depends on the network.
REFUSED_4 = tuple(
    IPv4Network(network)
    for network in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carrier-grade NAT; Alibaba's metadata service
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local; metadata services of most clouds
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments; Oracle's metadata service
        "192.0.2.0/24",  # documentation
        "192.88.99.0/24",  # 6to4 relays, withdrawn
        "192.168.0.0/16",  # private
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
    )
)
GLOBAL_6 = IPv6Network("2000::/3")  # the only space given out for public use
REFUSED_6 = tuple(
    IPv6Network(network)
    for network in (
        "2001::/23",  # protocol assignments, Teredo among them
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "3fff::/20",  # documentation
    )
)


def is_public(address: Address) -> bool:
    """Whether the address is a public unicast one that may be connected to."""
    if isinstance(address, IPv4Address):
        return address.is_global and not any(address in network for network in REFUSED_4)
    scoped = address.scope_id is not None
    return not scoped and address in GLOBAL_6 and address.is_global and not any(address in net for net in REFUSED_6)


def read_address(text: str) -> Address | None:
    """The address that a resolver's answer stands for, or None if it is none."""
    try:
        return ip_address(text)
    except ValueError:
        return None
