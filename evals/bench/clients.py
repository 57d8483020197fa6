"""Many clients at once, in a process of their own: plain HTTP over kept connections."""

from __future__ import annotations

import asyncio
import json
import sys
import time
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.request import urlopen

Call = Callable[[Any, str, str, Any], Awaitable[Any]]

OPEN_FOR = 30.0  # seconds until a request counts as lost


@dataclass
class Tally:
    """What some clients saw: milliseconds of each answer, errors, seconds in all."""

    waits: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0


class Connection:
    """One kept connection to the server."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def post(self, path: str, body: Any) -> Any:  # noqa: ANN401 - JSON
        """Send JSON and return the JSON that comes back.

        :raises RuntimeError: the server refuses.
        """
        async with asyncio.timeout(OPEN_FOR):
            status, content = await self._exchange(path, json.dumps(body).encode())
        if status != 200:
            raise RuntimeError(f"status {status}")
        return json.loads(content)

    async def _exchange(self, path: str, content: bytes) -> tuple[int, bytes]:
        if self._streams is None:
            self._streams = await asyncio.open_connection("127.0.0.1", self._port)
        reader, writer = self._streams
        head = (
            f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{self._port}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
        )
        writer.write(head.encode() + content)
        await writer.drain()
        lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = dict(line.lower().split(": ", 1) for line in lines[1:] if ": " in line)
        if "content-length" in headers:
            body = await reader.readexactly(int(headers["content-length"]))
        else:
            body = await _chunks(reader)
        return int(lines[0].split()[1]), body

    def close(self) -> None:
        """Hang up."""
        if self._streams:
            self._streams[1].close()
        self._streams = None


async def _chunks(reader: asyncio.StreamReader) -> bytes:
    found = b""
    while size := int(await reader.readline(), 16):
        found += await reader.readexactly(size)
        await reader.readline()
    await reader.readline()
    return found


async def ask_over_http(port: int, clients: int, questions: list[str], each: int) -> Tally:
    """Have clients ask one question after the other, `each` of them."""
    tally = Tally()

    async def client(number: int) -> None:
        connection = Connection(port)
        for n in range(each):
            question = questions[(number * each + n) % len(questions)]
            start = time.perf_counter()
            try:
                answer = await connection.post("/api/v1/ask", {"question": question})
                if not answer["answer"]:
                    raise RuntimeError("an empty answer")
            except (OSError, RuntimeError, TimeoutError, ValueError, EOFError) as error:
                tally.errors.append(f"{type(error).__name__}: {error}")
                connection.close()
                continue
            tally.waits.append(1000 * (time.perf_counter() - start))
        connection.close()

    start = time.perf_counter()
    await asyncio.gather(*(client(number) for number in range(clients)))
    tally.seconds = time.perf_counter() - start
    return tally


def bridge_of(port: int) -> int:
    """Return the number of the page's component that the chat's calls go through."""
    with urlopen(f"http://127.0.0.1:{port}/config", timeout=OPEN_FOR) as reply:
        components = json.load(reply)["components"]
    return next(int(one["id"]) for one in components if one["props"].get("elem_id") == "rw-bridge")


async def chat_on_page(
    port: int, people: int, questions: list[str], each: int, pause: float
) -> Tally:
    """Have people chat on the page; a wait is from sending to the first piece of the answer.

    They begin at different moments and read for `pause` seconds between questions.
    """
    tally, bridge = Tally(), bridge_of(port)

    async def call(connection: Connection, name: str, session: str, sent: Any) -> Any:  # noqa: ANN401
        body = {"data": sent, "component_id": bridge, "fn_name": name, "session_hash": session}
        return await connection.post("/gradio_api/component_server/", body)

    async def person(number: int) -> None:
        connection, session, conversation = Connection(port), uuid.uuid4().hex[:11], ""
        owner = uuid.uuid4().hex
        await asyncio.sleep(pause * number / people)
        for n in range(each):
            question, run = questions[(number * each + n) % len(questions)], uuid.uuid4().hex
            sent = {"action": "ask", "question": question, "run": run, "owner": owner}
            start = time.perf_counter()
            try:
                begun = await call(
                    connection, "call", session, {**sent, "conversation": conversation}
                )
                conversation = begun["conversation"]
                await _first_piece(call, connection, session, {"run": run, "owner": owner})
            except (OSError, RuntimeError, TimeoutError, ValueError, KeyError, EOFError) as error:
                tally.errors.append(f"{type(error).__name__}: {error}")
                connection.close()
            else:
                tally.waits.append(1000 * (time.perf_counter() - start))
            await asyncio.sleep(pause)
        connection.close()

    start = time.perf_counter()
    await asyncio.gather(*(person(number) for number in range(people)))
    tally.seconds = time.perf_counter() - start
    return tally


async def _first_piece(call: Call, connection: Connection, session: str, sent: Any) -> None:  # noqa: ANN401 - JSON
    """Follow an answer in the making until a piece of its text has come."""
    seen = 0
    while True:
        told = await call(connection, "follow", session, {**sent, "seen": seen})
        if any("block" in event for event in told["events"]):
            return
        if told["over"]:
            raise RuntimeError("an answer without a piece")
        seen += len(told["events"])


def main() -> None:
    """Read what to do as JSON from standard input, write the tally as JSON."""
    wanted = json.load(sys.stdin)
    if wanted.pop("kind") == "page":
        tally = asyncio.run(chat_on_page(**wanted))
    else:
        tally = asyncio.run(ask_over_http(**wanted))
    json.dump(asdict(tally), sys.stdout)


if __name__ == "__main__":
    main()
