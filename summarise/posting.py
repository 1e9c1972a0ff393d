"""Chat completions over the connections of an `openai` client, with its headers and its errors.

Its `post` spends more of the processor on a request than all else does here together
(`evals/client_speed.py`), on choices that a client of one path and one key need not make.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from httpx2 import AsyncClient, Response
    from openai import APIStatusError, AsyncOpenAI


class Poster:
    """Sends bodies to one address, over `http`, as whoever `openai` is set up for."""

    def __init__(self, openai: AsyncOpenAI, http: AsyncClient) -> None:
        import httpx2

        self._http = http
        self._url = httpx2.URL(f"{str(openai.base_url).rstrip('/')}/chat/completions")
        # "x-stainless-..." tell of the machine and its Python, which is nobody's business.
        self._headers = httpx2.Headers(
            {
                name: value
                for name, value in {**openai.default_headers, **openai.auth_headers}.items()
                if isinstance(value, str) and not name.lower().startswith("x-stainless-")
            }
        )

    async def post(self, body: Mapping[str, Any]) -> Response:
        """The answer to one request. Raises openai.APIError where it is none, or an error's;
        UnicodeEncodeError where `body` holds half a character."""
        import httpx2
        from openai import APIConnectionError, APITimeoutError

        content = json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        request = self._http.build_request(
            "POST", self._url, content=content, headers=self._headers
        )
        try:
            response = await self._http.send(request, follow_redirects=True)
        except httpx2.TimeoutException as error:
            raise APITimeoutError(request=request) from error
        except httpx2.HTTPError as error:
            raise APIConnectionError(request=request) from error
        if response.is_error:
            raise status_error(response)
        return response


def status_error(response: Response) -> APIStatusError:
    """The error that `openai` raises for a status, with what the server says of it."""
    from openai import APIStatusError

    text = response.text.strip()
    body: Any = text
    message = text or f"Error code: {response.status_code}"
    try:
        body = json.loads(text)
        message = f"Error code: {response.status_code} - {body}"
    except (ValueError, RecursionError):
        pass
    told = body.get("error", body) if isinstance(body, Mapping) else body
    return APIStatusError(message, response=response, body=told)
