"""The address of the web server, and the start page as it leaves it."""

from __future__ import annotations

import socket

import pytest

from corpus.errors import PolicyQAError
from ui.cli.serve import invitation
from ui.web.app import listen, rewritten


def test_a_port_in_use_is_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(PolicyQAError, match=f"端口 {port} 已被占用"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(
    ("host", "port"), [("127.0.0.1", 70000), ("192.0.2.1", 0), ("", -1), ("a" * 70, 0)]
)
def test_an_address_that_cannot_be_had_is_one_line(host: str, port: int) -> None:
    with pytest.raises(PolicyQAError) as raised:
        listen(host, port)
    assert "\n" not in str(raised.value)


def test_a_forbidden_port_is_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(socket.socket, "bind", refuse)
    with pytest.raises(PolicyQAError, match="没有权限使用端口 80"):
        listen("127.0.0.1", 80)


def test_the_start_page_loses_its_mentions_of_other_sites() -> None:
    page = b'<html lang="en"><meta\n\tproperty="og:image" content="https://x.io" /><title>t</title>'
    assert rewritten(page) == b'<html lang="zh-CN"><title>t</title>'


def test_the_invitation_names_an_address_that_opens() -> None:
    assert "http://[::1]:80/" in invitation("::1", 80)
    assert "http://127.0.0.1:80/" in invitation("0.0.0.0", 80)
