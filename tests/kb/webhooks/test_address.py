"""Nothing is sent into one's own network, however the address is written."""

import socket

import pytest

from kb.webhooks import address
from kb.webhooks.address import AddressError, checked_ip, is_public, parts_of

PRIVATE = [
    "127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "0.0.0.0", "100.64.0.1",  # noqa: S104
    "224.0.0.1", "240.0.0.1", "::1", "::", "fe80::1", "fc00::1", "ff02::1", "::ffff:127.0.0.1",
    "64:ff9b::7f00:1", "2002:7f00:1::", "2001:db8::1",
]  # fmt: skip


@pytest.mark.parametrize("ip", PRIVATE)
def test_private_addresses_are_told(ip):
    assert not is_public(ip)


@pytest.mark.parametrize("ip", ["8.8.8.8", "2606:4700::1111", "::ffff:8.8.8.8"])
def test_public_addresses_are_told(ip):
    assert is_public(ip)


@pytest.mark.parametrize(
    "written", ["http://2130706433/", "http://127.1/", "http://0x7f.1/", "http://localhost/", "http://[::1]/"]
)
def test_other_ways_to_write_this_machine_are_refused(written):
    with pytest.raises(AddressError):
        checked_ip(parts_of(written), allow_private=False)


def test_a_name_with_one_private_address_among_public_ones_is_refused(monkeypatch):
    def both(host, port, **_):
        return [(socket.AF_INET, 1, 6, "", (ip, port)) for ip in ("8.8.8.8", "10.0.0.1")]

    monkeypatch.setattr(address.socket, "getaddrinfo", both)
    with pytest.raises(AddressError, match="WEBHOOKS_ALLOW_PRIVATE"):
        checked_ip(parts_of("https://example.com/"), allow_private=False)
    assert checked_ip(parts_of("https://example.com/"), allow_private=True) == "8.8.8.8"


@pytest.mark.parametrize(
    "written",
    [
        "ftp://example.com/",
        "file:///etc/passwd",
        "https://user:word@example.com/",
        "https://",
        "https://example.com:99999/",
        "https://example.com/a b",
        "https://example.com/\r\nX: y",
        "https://example.com/钩子",
    ],
)
def test_addresses_that_mean_trouble_are_refused(written):
    with pytest.raises(AddressError):
        parts_of(written)


def test_a_name_in_chinese_is_written_for_the_network():
    assert parts_of("https://例子.中国/hook").host == "xn--fsqu00a.xn--fiqs8s"
