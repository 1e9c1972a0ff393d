"""The process of the embedded model's server, run as a script by `summarise.embedded`.

Reads its settings as one line of JSON from standard input, loads the weights, prints its URL as
one line on standard output, and serves until standard input closes. It imports nothing of
`summarise`, so that it starts quickly and stays small.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from typing import Any

CACHE_MIB = 512
"""Host memory for the prompts of earlier articles: two full contexts."""


def main() -> None:
    settings = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    answer = os.dup(1)
    os.dup2(2, 1)  # what the library prints goes to the log, not between us and the parent
    try:
        server = _server(settings)
    except Exception as error:
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
        os._exit(1)
    os.write(answer, f"{server.listening_address}\n".encode())
    threading.Event().wait()


def _end_with_parent() -> None:
    """Leave at once when the pipe closes: the parent is done, or gone."""
    while os.read(0, 1):  # not through sys.stdin, whose lock would be held at the end
        pass
    os._exit(0)


def _server(settings: dict[str, Any]) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = settings["weights"]
    # Its answers name the model; without an alias that is the path, a folder of the user's.
    params.model_alias = {settings["name"]}
    params.hostnames = ["127.0.0.1"]
    params.port = 0  # the system chooses
    params.api_keys = [settings["api_key"]]
    params.n_ctx = settings["context_tokens"]
    params.n_parallel = 1
    params.cpuparams.n_threads = settings["threads"]
    params.cpuparams_batch.n_threads = settings["threads"]
    params.cache_prompt = True
    params.cache_ram_mib = CACHE_MIB
    params.ui = False
    params.endpoint_slots = False
    params.verbosity = 1
    return xllamacpp.Server(params)


if __name__ == "__main__":
    main()
