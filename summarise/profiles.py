"""What each model can take and what it costs: read from `profiles.toml`, never from code."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from pydantic import Field

from summarise.records import Record

EMBEDDED_MODEL = "qwen2.5-coder-1.5b-instruct-q4_k_m"
"""The model that runs by itself when neither a key nor a base URL is given."""

DEFAULT_API_MODEL = "gpt-5.4-mini"
"""The model asked of OpenAI itself when a key is given and no model is named."""


class Profile(Record):
    """How to ask one model: passage size, limits, sampling, price.

    Prices are US dollars per million tokens, None where unknown. A sampling setting that is None
    is not sent at all: reasoning models refuse a `temperature` of one's own.
    """

    name: str
    passage_sentences: int = Field(ge=0, description="sentences a call; 0 is the whole article")
    passage_parts: int = Field(ge=1, description="parts to word a call, where `fields` is texts")
    context_tokens: int = Field(gt=0)
    max_output_tokens: int = Field(gt=0)
    input_price: float | None = None
    cached_price: float | None = None
    output_price: float | None = None
    temperature: float | None = None
    seed: int | None = None
    reasoning_effort: str | None = None
    strict: bool
    limit_parameter: Literal["max_completion_tokens"] = "max_completion_tokens"
    fields: Literal["texts", "full"]
    concurrency: int = Field(ge=1)

    def cost(self, input_tokens: int, output_tokens: int, cached_tokens: int = 0) -> float | None:
        """US dollars for so many tokens; None where a price is unknown.

        `cached_tokens` are part of `input_tokens`; without a price of their own they cost the full
        input price, so that the sum is an upper bound.
        """
        if self.input_price is None or self.output_price is None:
            return None
        cached_price = self.input_price if self.cached_price is None else self.cached_price
        fresh = input_tokens - cached_tokens
        dollars = (
            fresh * self.input_price
            + cached_tokens * cached_price
            + output_tokens * self.output_price
        )
        return dollars / 1_000_000

    def batched(self) -> Profile:
        """The profile at the prices of batches."""
        prices = {name: getattr(self, name) for name in _PRICES}
        less = {name: price * _DISCOUNT for name, price in prices.items() if price is not None}
        return self.model_copy(update=less)


_PRICES = ("input_price", "cached_price", "output_price")
_DISCOUNT = 0.5
"""What a token costs in a batch, as a part of its usual price."""


def profile_for(model: str) -> Profile:
    """The profile of `model`: by exact name, else by longest prefix, else the default.

    A prefix counts up to the end of a word only: "o3-2025-04-16" is an o3, "o3x" is not. A
    provider's folder before the name ("openai/gpt-5.5") is looked through.
    """
    known = _profiles()
    plain = model.rsplit("/", 1)[-1].lower()
    fitting = [
        name for name in known if plain == name or plain.startswith((f"{name}-", f"{name}:"))
    ]
    chosen = known[max(fitting, key=len)] if fitting else _default()
    return chosen.model_copy(update={"name": model})


def known_models() -> tuple[str, ...]:
    """The names that have a profile of their own, in the order of the data file."""
    return tuple(_profiles())


@cache
def _data() -> dict[str, Any]:
    text = (files("summarise") / "profiles.toml").read_text("utf-8")
    return tomllib.loads(text)


@cache
def _default() -> Profile:
    return Profile(name="default", **_data()["default"])


@cache
def _profiles() -> Mapping[str, Profile]:
    return {name: Profile(name=name, **_settings(name)) for name in _data()["model"]}


def _settings(name: str) -> dict[str, Any]:
    """The settings of one table laid over those of the table it is `like`."""
    own = dict(_data()["model"][name])
    parent = own.pop("like", None)
    base = _settings(parent) if parent else _data()["default"]
    # TOML has no null: "unset" takes an inherited setting away.
    return {key: None if value == "unset" else value for key, value in {**base, **own}.items()}
