"""What is connected to is what was checked."""

import socket

import pytest

from kb.webhooks import address, sending
from kb.webhooks.sending import DeliveryError, send


def test_the_checked_address_is_the_one_connected_to(monkeypatch):
    """A name that leads elsewhere when it is asked a second time (DNS rebinding) gains nothing."""
    answers = iter(["8.8.8.8", "127.0.0.1", "127.0.0.1"])
    asked, connected = [], []

    def getaddrinfo(host, port, **_):
        asked.append(host)
        return [(socket.AF_INET, 1, 6, "", (next(answers), port))]

    def connect(where, timeout):
        connected.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(address.socket, "getaddrinfo", getaddrinfo)
    monkeypatch.setattr(sending.socket, "create_connection", connect)
    with pytest.raises(DeliveryError):
        send("http://rebinding.example.org:8080/hook", {}, b"{}", allow_private=False)
    assert asked == ["rebinding.example.org"]
    assert connected == [("8.8.8.8", 8080)]
