"""Taking the address of the web chat, or saying in one line why it cannot be had."""

from __future__ import annotations

import errno
import socket
import sys

from corpus.errors import SettingsError

#: Windows' own numbers beside the POSIX ones.
_IN_USE = frozenset((errno.EADDRINUSE, 10048))
_FORBIDDEN = frozenset((errno.EACCES, errno.EPERM, 10013))


def listen(host: str, port: int) -> socket.socket:
    """A bound socket for the server; raises ``SettingsError`` when there can be none."""
    if not 0 <= port <= 65535:
        raise SettingsError(f"端口 {port}", "0 到 65535 之间的整数", "用 --port 换一个端口")
    try:
        family, _, _, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except (OSError, UnicodeError):
        raise _bad_host(host) from None
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        if sys.platform != "win32":
            # A restart must not wait for the old connections; on Windows the same option would
            # let two programs share the port.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
        listener.listen(128)
    except OSError as error:
        listener.close()
        raise _explained(host, port, error) from None
    return listener


def _explained(host: str, port: int, error: OSError) -> SettingsError:
    if error.errno in _IN_USE:
        return SettingsError(
            f"端口 {port} 已被占用", "一个空闲的端口", f"关掉占用它的程序，或用 --port {port + 1}"
        )
    if error.errno in _FORBIDDEN:
        return SettingsError(f"没有权限使用端口 {port}", "1024 以上的端口", "用 --port 7860 再试")
    return _bad_host(host)


def _bad_host(host: str) -> SettingsError:
    return SettingsError(
        f"不能在地址“{host}”上监听", "本机的地址，如 127.0.0.1 或 0.0.0.0", "改 --host 再试"
    )
