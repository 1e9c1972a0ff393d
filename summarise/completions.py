"""Reading a chat completion: the value that it holds, or the reason why it holds none.

`instructor` reads an answer that is wrapped in something; it is imported only then.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel, ValidationError

from summarise.answer import Answer, what_is_wrong

NOT_A_COMPLETION = "not a completion"


@dataclass(frozen=True)
class Completion:
    """What an answer of a server's says, as far as it is one.

    `counts` are the tokens, None where the answer does not tell them.
    """

    text: str = ""
    finish: str = ""
    counts: dict[str, int] | None = None
    model: str | None = None
    id: str | None = None
    refusal: str | None = None
    kind: str = ""
    error: str | None = None

    @classmethod
    def of(cls, body: Any) -> Completion:
        """Reads the decoded JSON of a server's answer, or text that is none."""
        choices = body.get("choices") if isinstance(body, Mapping) else None
        if not isinstance(choices, list):
            said = f"the server did not answer with a chat completion but with {body!s:.80}"
            return cls(kind=NOT_A_COMPLETION, error=said)
        told = cls(
            counts=tokens(body.get("usage")),
            model=_text(body, "model") or None,
            id=_text(body, "id") or None,
        )
        if not choices:
            return replace(told, kind="no choices", error="the server's answer has no choices")
        choice = choices[0] if isinstance(choices[0], Mapping) else {}
        told, message = replace(told, finish=_text(choice, "finish_reason")), choice.get("message")
        if not isinstance(message, Mapping):
            return replace(told, kind="no message", error="the server's answer has no message")
        refusal = _text(message, "refusal") or None
        return replace(told, text=_text(message, "content"), refusal=refusal)

    def read(self, schema: type[BaseModel]) -> Answer[BaseModel]:
        """The answer that it holds for `schema`, not yet with its time and tries."""
        value: BaseModel | None = None
        kind, error = self.kind, self.error
        if error is None:
            kind, error = self._unusable()
        if error is None:
            value, kind, error = _value(self.text, schema)
        return Answer(
            value,
            self.text,
            self.finish,
            **(self.counts or {}),
            error=error,
            kind=kind,
        )

    def _unusable(self) -> tuple[str, str | None]:
        if self.refusal:
            return "refusal", f"the model refused: {self.refusal}"
        if self.finish == "length":
            return "length", "the answer was cut off at the output limit"
        if self.finish == "content_filter":
            return "content filter", "the server's content filter stopped the answer"
        return ("", None) if self.text.strip() else ("empty", "the answer is empty")


def tokens(usage: Any) -> dict[str, int] | None:
    """A completion's usage as the token counts of an Answer; None where it tells none."""
    if not isinstance(usage, Mapping):
        return None
    asked, answered = usage.get("prompt_tokens"), usage.get("completion_tokens")
    if not isinstance(asked, int) and not isinstance(answered, int):
        return None
    details = usage.get("prompt_tokens_details")
    cached = details.get("cached_tokens") if isinstance(details, Mapping) else 0
    counts = {"input_tokens": asked, "output_tokens": answered, "cached_tokens": cached}
    return {name: n if isinstance(n, int) and n > 0 else 0 for name, n in counts.items()}


def _text(node: Mapping[str, Any], name: str) -> str:
    value = node.get(name)
    return value if isinstance(value, str) else ""


def _value(text: str, schema: type[BaseModel]) -> tuple[BaseModel | None, str, str | None]:
    """The value, or the kind of fault and what is wrong."""
    try:
        # Some servers wrap the JSON in a code fence or in thoughts. Only then is it looked for: in
        # broken JSON an inner object could be taken for the whole.
        if text.lstrip().startswith("{"):
            return schema.model_validate_json(text), "", None
        return _unwrapped(text, schema), "", None
    except ValidationError as error:
        said = what_is_wrong(error)
        return None, "not JSON" if said.startswith("the answer is not JSON") else "schema", said
    except ValueError as error:
        return None, "not JSON", f"the answer is not JSON: {error}"


def _unwrapped(text: str, schema: type[BaseModel]) -> BaseModel:
    """The JSON found in a text with something around it; raises ValueError where there is none."""
    from instructor import Mode
    from instructor.processing import process_response
    from openai.types.chat import ChatCompletion

    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "finish_reason": "stop", "logprobs": None, "message": message}
    whole = {"id": "", "object": "chat.completion", "created": 0, "model": "", "choices": [choice]}
    read = process_response(
        ChatCompletion.model_validate(whole),
        response_model=schema,
        stream=False,
        mode=Mode.MD_JSON,
    )
    return schema.model_validate(read)
