"""What a call costs the program itself, beside `instructor` alone and beside langextract.

    python evals/client_speed.py [--calls 2000] [--in-flight 64] [--rounds 3] [--langextract PYTHON]

A local server in a process of its own answers each call after 0.2 s. The ideal time is calls / in
flight x 0.2 s; `sockets` sends bare bytes and reads the answer as bytes, which is what the machine
itself allows at that moment. All others ask for the same claims with requests of the same size;
each round starts each program afresh, in turn, and counts its wall time and its own CPU time from
the first call to the last. `--langextract` names a Python that has langextract, for it may need
other versions of what both use: there, one call extracts from one text of the same length.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from statistics import median
from typing import Any

TESTS = Path(__file__).parents[1] / "tests"
LATENCY = 0.2  # seconds
MODEL = "gpt-5.4-mini"
SENTENCES = 12
ARTICLE = "\n".join(
    f"[{n}] Lorry number {n} of the port of Braga carried {n * 17} tonnes of salt on Monday."
    for n in range(1, SENTENCES + 1)
)
SYSTEM = "List every claim of the numbered sentences, each with the numbers it stands on. " * 20


def messages(number: int) -> list[dict[str, str]]:
    """The messages of one call, none like another."""
    asked = f"Article {number}.\n\nSentences:\n{ARTICLE}\n"
    return [{"role": "system", "content": SYSTEM}, {"role": "user", "content": asked}]


async def own(url: str, calls: int, in_flight: int) -> dict[str, Any]:
    """This program's client."""
    from summarise.answers import claims_answer
    from summarise.client import Client, Limits
    from summarise.profiles import profile_for

    limits = Limits(concurrency=in_flight)
    async with Client(MODEL, url, "none", profile_for(MODEL), limits=limits) as client:

        async def ask(number: int) -> bool:
            schema = claims_answer(range(1, SENTENCES + 1))
            answer = await client.ask(messages(number), schema, max_tokens=9000)
            return answer.value is not None

        return await timed(ask, calls, in_flight)


async def instructor_alone(url: str, calls: int, in_flight: int) -> dict[str, Any]:
    """The openai client with instructor around it, and nothing else."""
    import anyio
    import httpx2
    import instructor
    from openai import AsyncOpenAI, DefaultAsyncHttpxClient

    from summarise.answers import claims_answer

    pool = httpx2.Limits(max_connections=in_flight, max_keepalive_connections=in_flight)
    http = DefaultAsyncHttpxClient(limits=pool, trust_env=False)
    plain = AsyncOpenAI(base_url=url, api_key="none", http_client=http, max_retries=0)
    client = instructor.from_openai(plain, mode=instructor.Mode.JSON_SCHEMA)
    schema = claims_answer(range(1, SENTENCES + 1))
    slots = anyio.CapacityLimiter(in_flight)

    async def ask(number: int) -> bool:
        async with slots:
            await client.chat.completions.create(
                model=MODEL,
                messages=messages(number),  # type: ignore[arg-type]
                response_model=schema,
                max_retries=1,
                max_completion_tokens=9000,
                reasoning_effort="low",
            )
        return True

    return await timed(ask, calls, in_flight)


async def sockets(url: str, calls: int, in_flight: int) -> dict[str, Any]:
    """Bytes over connections that are kept, and nothing else."""
    import asyncio
    from urllib.parse import urlsplit

    from summarise.answers import claims_answer
    from summarise.client import Client
    from summarise.profiles import profile_for

    schema = claims_answer(range(1, SENTENCES + 1))
    asked = Client(MODEL, url, None, profile_for(MODEL)).request(messages(1), schema, max_tokens=9)
    raw = json.dumps(asked).encode()
    request = b"POST / HTTP/1.1\r\ncontent-length: %d\r\n\r\n%s" % (len(raw), raw)
    port = urlsplit(url).port
    kept: asyncio.Queue[Any] = asyncio.Queue()
    for _ in range(in_flight):
        kept.put_nowait(await asyncio.open_connection("127.0.0.1", port))

    async def ask(_: int) -> bool:
        reader, writer = connection = await kept.get()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        body = await reader.readexactly(int(head.split(b"content-length: ")[1].split()[0]))
        kept.put_nowait(connection)
        return bool(body.endswith(b"}"))

    return await timed(ask, calls, in_flight)


async def timed(
    ask: Callable[[int], Awaitable[bool]], calls: int, in_flight: int
) -> dict[str, Any]:
    """All calls at once, after one to warm up."""
    import anyio

    await ask(-1)
    good = 0

    async def one(number: int) -> None:
        nonlocal good
        if await ask(number):
            good += 1

    wall, cpu = time.perf_counter(), time.process_time()
    async with anyio.create_task_group() as tasks:
        for number in range(calls):
            tasks.start_soon(one, number)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    assert good == calls, f"{calls - good} of {calls} calls failed"
    return {"wall": wall, "cpu": cpu, "ideal": calls / in_flight * LATENCY}


LANGEXTRACT = """
import json, sys, time
import langextract as lx
from langextract.providers.openai import OpenAILanguageModel
url, calls, flying, text, model_id = json.loads(sys.argv[1])
example = lx.data.ExampleData(
    text="The ferry to Faro was stopped on Monday.",
    extractions=[
        lx.data.Extraction(
            extraction_class="claim", extraction_text="The ferry to Faro was stopped"
        )
    ],
)
model = OpenAILanguageModel(model_id=model_id, api_key="none", base_url=url, max_workers=flying)
def run(count):
    texts = [
        lx.data.Document(text=f"Article {n}. {text}", document_id=str(n)) for n in range(count)
    ]
    return list(lx.extract(
        text_or_documents=texts, prompt_description="List every claim.", examples=[example],
        model=model, max_workers=flying, batch_length=max(count, flying), max_char_buffer=10000,
        fence_output=False, use_schema_constraints=False, show_progress=False,
    ))
run(1)
wall, cpu = time.perf_counter(), time.process_time()
done = run(calls)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
good = sum(bool(one.extractions) for one in done)
assert good == calls, f"{calls - good} of {calls} failed"
print(json.dumps({"wall": wall, "cpu": cpu, "ideal": calls / flying * 0.2}))
"""


def one_round(program: str, url: str, given: argparse.Namespace) -> dict[str, Any]:
    """One program in a process of its own."""
    if program == "langextract":
        told = json.dumps([url, given.calls, given.in_flight, ARTICLE, MODEL])
        command = [given.langextract, "-c", LANGEXTRACT, told]
    else:
        numbers = [str(given.calls), str(given.in_flight)]
        command = [sys.executable, __file__, "--only", program, "--url", url]
        command += ["--calls", numbers[0], "--in-flight", numbers[1]]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    measured: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return measured


PROGRAMS = {"sockets": sockets, "summarise": own, "instructor": instructor_alone}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calls", type=int, default=2000)
    parser.add_argument("--in-flight", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--langextract")
    parser.add_argument("--only", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.only:
        import anyio

        found = anyio.run(PROGRAMS[given.only], given.url, given.calls, given.in_flight)
        print(json.dumps(found))
        return
    compare(given)


def compare(given: argparse.Namespace) -> None:
    """Every program in turn, and again; the figures of each round and their medians."""
    sys.path.insert(0, str(TESTS))
    from misbehaving_server import misbehaving

    names = [*PROGRAMS, *(["langextract"] if given.langextract else [])]
    rounds: dict[str, list[dict[str, Any]]] = {name: [] for name in names}
    with misbehaving("--latency", str(LATENCY)) as (url, _):
        for _ in range(given.rounds):
            for name in names:
                rounds[name].append(one_round(name, url, given))
    load = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"{given.calls} calls, {given.in_flight} in flight, {LATENCY} s each; load {load}")
    print("| program | time / ideal, each round | median | CPU ms a call, each round | median |")
    print("| --- | --- | --- | --- | --- |")
    for name, measured in rounds.items():
        ratios = [one["wall"] / one["ideal"] for one in measured]
        costs = [one["cpu"] / given.calls * 1000 for one in measured]
        each = [" ".join(f"{n:.2f}" for n in numbers) for numbers in (ratios, costs)]
        cells = [name, each[0], f"{median(ratios):.2f}", each[1], f"{median(costs):.2f}"]
        print(f"| {' | '.join(cells)} |")


if __name__ == "__main__":
    main()
