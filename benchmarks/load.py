"""A small load generator: keep-alive connections that send prepared requests."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass

CLIENTS = 32


@dataclass(frozen=True)
class Load:
    """What a run measured."""

    per_second: float
    p50_ms: float
    p99_ms: float
    statuses: dict[int, int]


def get(path: str) -> bytes:
    """Prepare a GET."""
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode()


def post(path: str, body: str) -> bytes:
    """Prepare a POST of form fields (already url-encoded)."""
    return (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n{body}"
    ).encode()


def run(port: int, requests: Sequence[bytes], clients: int = CLIENTS) -> Load:
    """Send every request once over `clients` connections and time each."""
    return asyncio.run(_run(port, requests, clients))


async def _run(port: int, requests: Sequence[bytes], clients: int) -> Load:
    queue, times, statuses = iter(requests), [], {}
    started = time.perf_counter()
    await asyncio.gather(*(_client(port, queue, times, statuses) for _ in range(clients)))
    elapsed = time.perf_counter() - started
    times.sort()
    return Load(
        len(times) / elapsed,
        times[len(times) // 2] * 1000,
        times[int(len(times) * 0.99) - 1] * 1000,
        statuses,
    )


async def _client(port, queue, times, statuses) -> None:  # noqa: ANN001
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for request in queue:
        begun = time.perf_counter()
        writer.write(request)
        status = await _answer(reader)
        times.append(time.perf_counter() - begun)
        statuses[status] = statuses.get(status, 0) + 1
    writer.close()


async def _answer(reader: asyncio.StreamReader) -> int:
    head = await reader.readuntil(b"\r\n\r\n")
    lower = head.lower()
    if b"content-length:" in lower:
        await reader.readexactly(int(lower.split(b"content-length:")[1].split(b"\r\n")[0]))
    elif b"transfer-encoding: chunked" in lower:
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readexactly(2)
    return int(head.split(b" ", 2)[1])
