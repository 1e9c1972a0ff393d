"""The connections of a client: many small pools, since a pool looks through all of its connections
twice for each call."""

from __future__ import annotations

from itertools import cycle
from types import TracebackType
from typing import Self
from urllib.request import getproxies

import httpx2

A_POOL = 4
"""Connections of one pool, when as many calls are in flight as may be."""


class Pools(httpx2.AsyncBaseTransport):
    """Pools that take turns. How many connections there are is bounded by whoever calls."""

    def __init__(self, connections: int, *, trust_env: bool) -> None:
        context = httpx2.create_ssl_context(trust_env=trust_env)
        limits = httpx2.Limits(max_connections=None, max_keepalive_connections=connections)
        count = -(-connections // A_POOL)
        self._pools = [
            httpx2.AsyncHTTPTransport(verify=context, limits=limits, trust_env=trust_env)
            for _ in range(count)
        ]
        self._next = cycle(self._pools)

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Sends a request by the next pool."""
        return await next(self._next).handle_async_request(request)

    async def __aenter__(self) -> Self:
        for pool in self._pools:
            await pool.__aenter__()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None = None,
        error: BaseException | None = None,
        trace: TracebackType | None = None,
    ) -> None:
        for pool in self._pools:
            await pool.__aexit__(kind, error, trace)

    async def aclose(self) -> None:
        """Closes every connection."""
        for pool in self._pools:
            await pool.aclose()


def mounts(connections: int, *, own: bool) -> dict[str, httpx2.AsyncBaseTransport] | None:
    """The pools as httpx mounts them; None where the environment names a proxy to go by.

    A proxy of the user's cannot reach this machine's `own` loopback.
    """
    if not own and getproxies():
        return None
    return {"all://": Pools(connections, trust_env=not own)}
