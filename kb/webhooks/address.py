"""Which addresses may be sent to: public ones, judged by the IP that is then connected to."""

import ipaddress
import socket
from dataclasses import dataclass
from urllib.parse import urlsplit

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class AddressError(Exception):
    """Why an address is not sent to, in Chinese, without anything secret."""


@dataclass(frozen=True, slots=True)
class Parts:
    """An address taken apart."""

    is_https: bool
    host: str
    port: int
    target: str


def parts_of(address: str) -> Parts:
    """The parts of an address; refuses other schemes, names with a password, and control characters."""
    if any(sign <= " " or sign == "\x7f" for sign in address):
        raise AddressError("地址中不能有空白和控制字符。")
    try:
        split = urlsplit(address)
        port = split.port
        host = (
            (split.hostname or "").encode("idna").decode()
            if ":" not in (split.hostname or "")
            else split.hostname
        )
    except (ValueError, UnicodeError) as error:
        raise AddressError("地址写法有误，例如应为 https://example.com/hook。") from error
    if split.scheme not in ("http", "https") or not host:
        raise AddressError("只支持 http 和 https 地址。")
    if split.username is not None or split.password is not None:
        raise AddressError("地址中不能带用户名和密码；接收方请用签名核对来源。")
    is_https = split.scheme == "https"
    target = (split.path or "/") + (f"?{split.query}" if split.query else "")
    if not target.isascii():
        raise AddressError("地址的路径请用百分号编码。")
    return Parts(is_https, host or "", port or (443 if is_https else 80), target)


def checked_ip(parts: Parts, *, allow_private: bool) -> str:
    """The IP to connect to. A name that leads to any address that is not public is refused as a whole."""
    try:
        found = socket.getaddrinfo(parts.host, parts.port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise AddressError(f"找不到主机 {parts.host}。") from error
    ips = [str(entry[4][0]).split("%")[0] for entry in found]
    if not allow_private and not all(is_public(ip) for ip in ips):
        raise AddressError(
            f"主机 {parts.host} 指向内网或本机地址；确有需要时由管理员设置 WEBHOOKS_ALLOW_PRIVATE。"
        )
    return ips[0]


def is_public(ip: str) -> bool:
    """Whether an IP is of the public internet, whatever it is wrapped in (`::ffff:10.0.0.1`, NAT64, 6to4)."""
    address: ipaddress.IPv4Address | ipaddress.IPv6Address = ipaddress.ip_address(ip)
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
        if address.teredo is not None:
            return False
    return address.is_global and not (address.is_multicast or address.is_reserved)
