"""What playing a recording costs: a call beside plain vcrpy, and how a folder grows.

    python evals/replay_cost.py [--calls N]

Requests are of the size of this project's own (some 8 kB of prompt and examples, another question
each). Times are of the processor, without waiting; the network is not touched when playing.
"""

from __future__ import annotations

import argparse
import gc
import json
import logging
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import httpx2
import vcr

from summarise.recording import cassette
from summarise.tape_file import packed, write_whole

FILE_CALLS = 12
SIZES = (250, 500, 1000, 2000)
SMALL_SIZES = (25, 50, 100)
"""For plain vcrpy with the body matched, whose time grows with the square of these."""
PATH = "http://model.invalid/v1/chat/completions"
WORDS = "The mill in Tarn closed on Monday and its owner let forty workers go for now. "

Opener = Callable[[Path], AbstractContextManager[Any]]


def body(number: int) -> dict[str, Any]:
    """A request: the same instructions and examples, another question."""
    messages = [
        {"role": "system", "content": WORDS * 20},
        {"role": "user", "content": WORDS * 30},
        {"role": "assistant", "content": json.dumps({"claims": [WORDS] * 10})},
        {"role": "user", "content": f"{WORDS * 40}Sentence {number}: the toll rose to {number}."},
    ]
    schema = {"type": "object", "properties": {"claims": {"type": "array"}}}
    described = {"type": "json_schema", "json_schema": {"name": "Claims", "schema": schema}}
    return {"model": "m", "messages": messages, "response_format": described, "temperature": 0}


def answer(number: int) -> bytes:
    """A chat completion."""
    content = json.dumps({"claims": [f"The toll rose to {number}."] * 3})
    message = {"role": "assistant", "content": content}
    return json.dumps({"choices": [{"index": 0, "message": message}]}).encode()


def record(path: Path, numbers: range) -> None:
    """A recording as this project writes them."""
    from vcr.request import Request

    kept = {"content-type": "application/json"}
    held = [
        (
            Request("POST", PATH, json.dumps(body(number)), kept),
            {
                "status": {"code": 200, "message": "OK"},
                "headers": {"content-type": ["application/json"]},
                "body": {"string": answer(number)},
            },
        )
        for number in numbers
    ]
    write_whole(path, packed(held))


def ours(path: Path) -> AbstractContextManager[Any]:
    """This project's recordings."""
    return cassette(path, mode="none")


def plain(*match_on: str) -> Opener:
    """vcrpy as it comes."""

    def opened(path: Path) -> AbstractContextManager[Any]:
        recorder = vcr.VCR(record_mode="none", match_on=match_on)
        found: AbstractContextManager[Any] = recorder.use_cassette(str(path))
        return found

    return opened


@contextmanager
def nothing(_: Path) -> Iterator[None]:
    """No recording: the client's own time, with an answer that is made on the spot."""
    yield


WAYS: tuple[tuple[str, Opener], ...] = (
    ("no recorder (httpx2 alone)", nothing),
    ("vcrpy, method and path", plain("method", "path")),
    ("vcrpy, method, path and body", plain("method", "path", "body")),
    ("summarise.recording", ours),
)


def client(way: Opener) -> httpx2.Client:
    """A client whose requests go nowhere by themselves."""
    if way is not nothing:
        return httpx2.Client(trust_env=False)
    made = answer(0)
    return httpx2.Client(
        transport=httpx2.MockTransport(lambda _: httpx2.Response(200, content=made))
    )


def play(way: Opener, files: list[tuple[Path, range]]) -> tuple[float, float]:
    """Seconds of loading, and of playing every request of `files` once."""
    loading = playing = 0.0
    with client(way) as asking:
        for path, numbers in files:
            began = time.process_time()
            with way(path):
                loaded = time.process_time()
                for number in numbers:
                    asking.post(PATH, json=body(number)).raise_for_status()
                playing += time.process_time() - loaded
            loading += loaded - began
    return loading, playing


def split(folder: Path, calls: int, each: int) -> list[tuple[Path, range]]:
    """Recordings of `calls` requests, `each` in a file."""
    files = []
    for first in range(0, calls, each):
        path, numbers = folder / f"{calls}-{first}.yaml", range(first, min(first + each, calls))
        record(path, numbers)
        files.append((path, numbers))
    return files


def per_call(folder: Path, calls: int) -> None:
    """Milliseconds a call by each way, in one file of a dozen and in one of `calls`."""
    print(f"\nmilliseconds a call, median of 3 | load, play: {FILE_CALLS} in a file | {calls}")
    for name, way in WAYS:
        cells = []
        for each in (FILE_CALLS, calls):
            files = split(folder, each, each)
            runs = [play(way, files) for _ in range(3)]
            cells += [1000 * median(run[part] for run in runs) / each for part in (0, 1)]
        print(f"{name:32}" + "".join(f"{cell:9.3f}" for cell in cells))


def growth(folder: Path, sizes: tuple[int, ...]) -> None:
    """Seconds of loading and playing as a folder grows, and as one file does."""
    print("\nsummarise.recording   calls   MB   load s   play s   ms a call")
    for kind, each in ((f"files of {FILE_CALLS}", FILE_CALLS), ("one file", max(sizes))):
        for calls in sizes:
            files = split(folder, calls, each)
            size = sum(path.stat().st_size for path, _ in files) / 1e6
            gc.collect()
            loading, playing = play(ours, files)
            each_call = 1000 * (loading + playing) / calls
            print(f"{kind:20}{calls:7}{size:6.1f}{loading:8.2f}{playing:9.2f}{each_call:11.2f}")


def beside(folder: Path, sizes: tuple[int, ...]) -> None:
    """The same one file played by plain vcrpy with the body matched."""
    print("\nvcrpy with body       calls   load s   play s   ms a call")
    for calls in sizes:
        loading, playing = play(WAYS[2][1], split(folder, calls, calls))
        each_call = 1000 * (loading + playing) / calls
        print(f"{'one file':20}{calls:7}{loading:9.2f}{playing:9.2f}{each_call:11.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=max(SIZES), help="the most in a folder")
    most = parser.parse_args().calls
    sizes = tuple(size for size in SIZES if size <= most) or (most,)
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        per_call(folder, min(60, most))
        growth(folder, sizes)
        beside(folder, SMALL_SIZES)


if __name__ == "__main__":
    main()
