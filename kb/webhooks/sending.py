"""Sends one signed message to a checked address; follows no redirect."""

import hashlib
import hmac
import http.client
import socket
import ssl
from typing import Any

from kb.webhooks.address import AddressError, Parts, checked_ip, parts_of

SIGNATURE = "X-KB-Signature"
TIMEOUT = 10
"""Seconds for the connection, and for each wait after it."""


class DeliveryError(Exception):
    """Why a message was not taken; `status` is the answer's, if there was one."""

    def __init__(self, reason: str, status: int | None = None) -> None:
        super().__init__(reason)
        self.status = status


def signature(secret: str, timestamp: int, body: bytes) -> str:
    """`t=1767225600,v1=…`: the HMAC-SHA256, in hex, of the time, a full stop, and the body."""
    signed = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"t={timestamp},v1={signed.hexdigest()}"


class _Connection(http.client.HTTPConnection):
    """A connection to the IP that was checked, whatever the name leads to by now."""

    def __init__(self, parts: Parts, ip: str) -> None:
        super().__init__(parts.host, parts.port, timeout=TIMEOUT)
        self.parts, self.ip = parts, ip
        self.default_port = 443 if parts.is_https else 80

    def connect(self) -> None:
        """Connects; a certificate must be that of the name."""
        plain = socket.create_connection((self.ip, self.parts.port), self.timeout)
        if self.parts.is_https:
            context = ssl.create_default_context()
            self.sock: Any = context.wrap_socket(plain, server_hostname=self.parts.host)
        else:
            self.sock = plain


def send(address: str, headers: dict[str, str], body: bytes, *, allow_private: bool) -> int:
    """The status of the answer where the message was taken (2xx); `DeliveryError` for anything else."""
    try:
        parts = parts_of(address)
        connection = _Connection(parts, checked_ip(parts, allow_private=allow_private))
    except AddressError as error:
        raise DeliveryError(str(error)) from error
    try:
        connection.request("POST", parts.target, body, headers)
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException) as error:
        raise DeliveryError(f"连接失败：{type(error).__name__}") from error
    finally:
        connection.close()
    if 200 <= status < 300:
        return status
    reason = "不跟随重定向" if 300 <= status < 400 else "接收方没有接受"
    raise DeliveryError(f"{reason}（{status}）", status)
