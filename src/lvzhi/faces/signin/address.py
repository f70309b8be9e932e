"""Where a request comes from, and how much of that is kept."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest


def client_ip(request: HttpRequest) -> str:
    """The visitor's address.

    Behind `LVZHI_PROXIES` proxies of our own, the address is what the outermost of them saw; what a visitor
    writes into X-Forwarded-For stands further left and is never believed.
    """
    proxies = settings.LVZHI_PROXIES
    if proxies:
        header = request.headers.get("X-Forwarded-For", "")
        seen = [part.strip() for part in header.split(",") if part.strip()]
        if len(seen) >= proxies:
            return seen[-proxies]
    return str(request.META.get("REMOTE_ADDR", ""))


def prefix(ip: str) -> str:
    """The network an address lies in: /24 for IPv4, /48 for IPv6; empty for what is no address.

    Neighbours behind one line count together, and a device list shows no more than it must.
    """
    try:
        found = ip_address(ip)
    except ValueError:
        return ""
    mapped = getattr(found, "ipv4_mapped", None)
    found = mapped or found
    return str(ip_network(f"{found}/{24 if found.version == 4 else 48}", strict=False))


def network_of(request: HttpRequest) -> str:
    """The network a request comes from; see `prefix`."""
    return prefix(client_ip(request))
