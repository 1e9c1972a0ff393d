"""Model profiles: what is known of each model, and what an unknown one gets."""

from __future__ import annotations

import pytest

from summarise.profiles import DEFAULT_API_MODEL, EMBEDDED_MODEL, known_models, profile_for


def test_the_embedded_model_is_asked_one_sentence_at_a_time() -> None:
    profile = profile_for(EMBEDDED_MODEL)
    assert (profile.passage_sentences, profile.context_tokens) == (1, 8192)
    assert (profile.max_output_tokens, profile.concurrency) == (400, 1)
    assert (profile.temperature, profile.seed) == (0.0, 7)
    assert (profile.strict, profile.fields) == (False, "texts")


@pytest.mark.parametrize(
    "model",
    [
        "gpt-5.5",
        "gpt-5.5-2026-04-23",
        "gpt-5.4-mini",
        "gpt-5.4-nano",
        "gpt-5-mini",
        "o3",
        "o4-mini",
    ],
)
def test_a_reasoning_model_is_sent_no_sampling_and_a_strict_schema(model: str) -> None:
    profile = profile_for(model)
    assert (profile.temperature, profile.seed) == (None, None)
    assert (profile.strict, profile.fields, profile.passage_sentences) == (True, "full", 0)


@pytest.mark.parametrize(
    ("model", "input_price", "output_price"),
    [
        ("gpt-5.4-mini", 0.75, 4.50),
        ("gpt-5.4-mini-2026-03-17", 0.75, 4.50),
        ("openai/gpt-5.4-mini", 0.75, 4.50),
        ("gpt-5.4", None, None),
        ("gpt-5.4-nano", None, None),
        ("some-local-model", None, None),
    ],
)
def test_prices_are_those_known(
    model: str, input_price: float | None, output_price: float | None
) -> None:
    profile = profile_for(model)
    assert (profile.input_price, profile.output_price) == (input_price, output_price)
    assert profile.name == model


@pytest.mark.parametrize(
    ("model", "effort", "temperature"),
    [
        ("gpt-5-chat-latest", None, None),
        ("gpt-5.3-chat-latest", None, None),
        ("gpt-5-nano-2025-08-07", "low", None),
        ("gpt-4.1-mini", None, 0.0),
        ("gpt-4o-2024-08-06", None, 0.0),
    ],
)
def test_the_longest_prefix_wins(model: str, effort: str | None, temperature: float | None) -> None:
    profile = profile_for(model)
    assert (profile.reasoning_effort, profile.temperature) == (effort, temperature)


@pytest.mark.parametrize("model", ["llama3.2:3b", "Qwen/Qwen3-8B", "o3x", "gpt-4", "gpt-50"])
def test_an_unknown_model_gets_the_default(model: str) -> None:
    profile = profile_for(model)
    assert (profile.strict, profile.fields, profile.input_price) == (False, "texts", None)
    assert profile.temperature == 0.0


@pytest.mark.parametrize(
    ("model", "tokens", "dollars"),
    [
        ("gpt-5.4-mini", (1_000_000, 0, 0), 0.75),
        ("gpt-5.4-mini", (2_000_000, 1_000_000, 1_000_000), 6.0),
        (EMBEDDED_MODEL, (5000, 100, 0), 0.0),
        ("gpt-5.5", (1_000_000, 1_000_000, 0), None),
    ],
)
def test_cost(model: str, tokens: tuple[int, int, int], dollars: float | None) -> None:
    assert profile_for(model).cost(*tokens) == dollars


def test_every_table_of_the_data_file_is_a_profile() -> None:
    assert DEFAULT_API_MODEL in known_models()
    assert EMBEDDED_MODEL in known_models()
    assert [profile_for(name).name for name in known_models()] == list(known_models())
