"""Fetching a page over http, with the addresses, size and time it may take held in check.

The address that was checked is the one that is connected to, so that a name which resolves to
something else a moment later gains nothing; each redirect is checked anew.
"""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
from dataclasses import dataclass
from typing import NoReturn
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from summarise.errors import InputError

TIMEOUT = 20.0
"""Seconds without an answer after which a server counts as unreachable."""
MAX_REDIRECTS = 5
_TEXT_TYPES = ("text/html", "text/plain", "application/xhtml+xml", "text/markdown")
_HEADERS = {
    "User-Agent": "Mozilla/5.0 (compatible; summarise)",
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9",
    "Accept-Encoding": "identity",
}
_CHUNK = 65536


@dataclass(frozen=True, slots=True)
class Page:
    """An answer: the URL it came from in the end, its content type, charset and bytes."""

    url: str
    content_type: str
    charset: str | None
    data: bytes


def fetch(url: str, *, max_bytes: int, allow_private: bool = False) -> Page:
    """The page at `url`, redirects followed.

    Raises InputError for a scheme other than http(s), a private address (unless allowed), an
    unreachable server, an error status, a content type that is no text, or over `max_bytes` bytes.
    """
    asked = url
    for _ in range(MAX_REDIRECTS + 1):
        parts = _checked(url)
        answer = _get(parts, url, max_bytes, allow_private)
        if isinstance(answer, Page):
            return answer
        url = urljoin(url, answer)
    raise InputError(f"{asked!r} redirects more than {MAX_REDIRECTS} times; give the final URL")


def _checked(url: str) -> SplitResult:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise InputError(f"{url!r} is not a URL: {error}") from error
    if parts.scheme.lower() not in ("http", "https"):
        raise InputError(f"{url!r} has the scheme {parts.scheme!r}; only http and https are read")
    if not parts.hostname:
        raise InputError(f"{url!r} names no host; expected something like 'https://host/page'")
    return parts


def _addresses(host: str, port: int, url: str, allow_private: bool) -> str:
    """The first address of `host`; all of them must be public unless private ones are allowed."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise InputError(f"{url!r} cannot be reached: no address for {host!r} ({error})") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        if not allow_private and not _is_public(address):
            raise InputError(
                f"{url!r} is refused: {host!r} resolves to {address}, which is not a public "
                f"address; "
                "pass allow_private=True (--allow-private) if you trust it"
            )
    return addresses[0]


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.split("%")[0])
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None and not inner.is_global:
            return False
    return ip.is_global and not ip.is_multicast


class _Pinned(http.client.HTTPConnection):
    """A connection to one address that speaks to the host it was checked for."""

    def __init__(self, parts: SplitResult, address: str) -> None:
        self._secure = parts.scheme.lower() == "https"
        port = parts.port or (443 if self._secure else 80)
        super().__init__(parts.hostname or "", port, timeout=TIMEOUT)
        self._address = address

    def connect(self) -> None:
        self.sock = socket.create_connection((self._address, self.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self.host)


def _get(parts: SplitResult, url: str, max_bytes: int, allow_private: bool) -> Page | str:
    """The page, or the address that the answer redirects to."""
    port = parts.port or (443 if parts.scheme.lower() == "https" else 80)
    address = _addresses(parts.hostname or "", port, url, allow_private)
    connection = _Pinned(parts, address)
    try:
        connection.request("GET", _target(parts), headers={**_HEADERS, "Host": _host(parts)})
        return _answer(connection.getresponse(), url, max_bytes)
    except (OSError, http.client.HTTPException) as error:
        reason = str(error) or type(error).__name__
        raise InputError(
            f"{url!r} cannot be reached: {reason}; check the address or save the page"
        ) from error
    finally:
        connection.close()


def _target(parts: SplitResult) -> str:
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    return path + (f"?{quote(parts.query, safe='/%:@!$&()*+,;=~-._?')}" if parts.query else "")


def _host(parts: SplitResult) -> str:
    host = (
        (parts.hostname or "").encode("idna").decode()
        if not (parts.hostname or "").isascii()
        else parts.hostname or ""
    )
    host = f"[{host}]" if ":" in host else host
    return f"{host}:{parts.port}" if parts.port else host


def _answer(response: http.client.HTTPResponse, url: str, max_bytes: int) -> Page | str:
    if response.status in (301, 302, 303, 307, 308) and (target := response.getheader("Location")):
        return target
    if response.status != 200:
        raise InputError(
            f"{url!r} answered {response.status} {response.reason}; expected 200. "
            "Save the page in a browser and give the file"
        )
    content_type = response.headers.get_content_type()
    if content_type not in _TEXT_TYPES:
        raise InputError(f"{url!r} is {content_type!r}; expected one of {', '.join(_TEXT_TYPES)}")
    encoding = response.getheader("Content-Encoding", "identity").lower()
    if encoding not in ("", "identity"):
        raise InputError(f"{url!r} came compressed ({encoding!r}) although plain was asked for")
    data = _limited(response, url, max_bytes)
    return Page(url, content_type, response.headers.get_content_charset(), data)


def _limited(response: http.client.HTTPResponse, url: str, max_bytes: int) -> bytes:
    if int(response.getheader("Content-Length") or 0) > max_bytes:
        _too_large(url, max_bytes)
    data = bytearray()
    while chunk := response.read(_CHUNK):
        data += chunk
        if len(data) > max_bytes:
            _too_large(url, max_bytes)
    return bytes(data)


def _too_large(url: str, max_bytes: int) -> NoReturn:
    raise InputError(
        f"{url!r} is larger than {max_bytes:,} bytes; raise max_bytes (--max-bytes) to read it"
    )
