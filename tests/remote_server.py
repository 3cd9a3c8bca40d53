"""A local server that speaks the images and videos of the OpenAI wire, and misbehaves by script.

    with RemoteServer(create=[status(503), good]) as server:
        ...  # server.url, server.creates

Each call of a kind (``create``, ``poll``, ``content``) takes the next step of its script; the last one is
repeated. ``good`` does what is asked. What it draws follows from what was asked, so that equal orders look alike.
"""

import base64
import contextlib
import email
import hashlib
import io
import json
import tempfile
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
from PIL import Image

from photoplay.render.cut.encoding import Encoder
from photoplay.render.requests import Raster
from photoplay.storyboard.rate import Rate

KEY = "sk-canary-0123456789abcdef0123456789"
RATE = 8


def good(handler, server):
    """What is asked."""
    server.answer(handler)


class RemoteServer:
    """Serves on a free port. ``creates``, ``polls``, ``contents`` hold what came in, ``jobs`` the clips."""

    def __init__(self, create=(good,), poll=(good,), content=(good,), busy=0, lists=good):
        self.scripts = {"create": list(create), "poll": list(poll), "content": list(content), "list": [lists]}
        self.seen = {"create": [], "poll": [], "content": [], "list": []}
        self.busy = busy
        """How often a clip is still in the making when it is asked about."""
        self.jobs = {}
        self.by_idempotency = {}
        self.heeds_idempotency = False
        self.next_id = None
        self.ending = threading.Event()
        self.release = threading.Event()
        self.after = contextlib.ExitStack()
        """What ends with the server: who asks it, too, hangs up then."""
        self.lock = threading.Lock()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *args):
                pass

            def do_GET(self):
                parts = self.path.partition("?")[0].split("/")
                kind = {3: "list", 4: "poll", 5: "content"}.get(len(parts), "poll")
                owner.take(kind, self, {})

            def do_POST(self):
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                owner.take("create", self, fields(self.headers["Content-Type"], raw))

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def take(self, kind, handler, asked):
        with self.lock:
            turn = len(self.seen[kind])
            headers = {name.lower(): value for name, value in handler.headers.items()}
            self.seen[kind].append({"path": handler.path, "headers": headers, "fields": asked})
            script = self.scripts[kind]
        handler.asked = asked
        script[min(turn, len(script) - 1)](handler, self)

    @property
    def url(self):
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    @property
    def creates(self):
        return self.seen["create"]

    @property
    def polls(self):
        return self.seen["poll"]

    @property
    def contents(self):
        return self.seen["content"]

    def answer(self, handler):
        path = handler.path.partition("?")[0]
        if handler.command == "POST" and "/images/" in path:
            send(
                handler,
                200,
                {"created": 1, "data": [{"b64_json": base64.b64encode(picture(handler.asked)).decode()}]},
            )
        elif handler.command == "POST":
            send(handler, 200, self.accept(handler))
        elif path.endswith("/videos"):
            send(handler, 200, {"object": "list", "data": [self.told(job) for job in self.jobs.values()]})
        elif path.endswith("/content"):
            job = self.jobs.get(path.split("/")[3])
            send(handler, 200, clip(job["fields"]), "video/mp4") if job else missing(handler)
        else:
            job = self.jobs.get(path.split("/")[3])
            if job is None:
                missing(handler)
                return
            job["asked"] += 1
            send(handler, 200, self.told(job))

    def accept(self, handler):
        """A new clip in the making; the old one for an Idempotency-Key that is known, where that is heeded."""
        mark = handler.headers.get("Idempotency-Key")
        with self.lock:
            if self.heeds_idempotency and mark in self.by_idempotency:
                return self.told(self.by_idempotency[mark])
            name = self.next_id or f"video_{len(self.jobs):04}"
            job = {"id": name, "fields": handler.asked, "asked": 0}
            self.jobs[name] = self.by_idempotency[mark] = job
            return self.told(job)

    def told(self, job):
        done = job["asked"] > self.busy or self.release.is_set()
        marks = {k[len("metadata[") : -1]: v for k, v in job["fields"].items() if k.startswith("metadata[")}
        return {
            "id": job["id"], "object": "video", "model": job["fields"].get("model"), "metadata": marks,
            "status": "completed" if done else "in_progress", "progress": 100 if done else 10 * job["asked"],
        }  # fmt: skip

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.after.close()
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def fields(kind, raw):
    """Fields of a JSON body or a multipart form; files as bytes, several of a name as a list."""
    if kind.startswith("application/json"):
        return json.loads(raw)
    whole = email.message_from_bytes(b"Content-Type: " + kind.encode() + b"\r\n\r\n" + raw)
    found = {}
    for part in whole.get_payload():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        value = data if part.get_filename() else data.decode()
        if name.endswith("[]"):
            found.setdefault(name, []).append(value)
        else:
            found[name] = value
    return found


def colours(asked):
    seen = hashlib.sha256()
    for name in sorted(asked):
        if not name.startswith("metadata"):
            seen.update(repr((name, asked[name])).encode())
    return list(seen.digest())


def painted(asked, step=0):
    width, height = map(int, asked["size"].split("x"))
    shade = colours(asked)
    frame = np.empty((height, width, 3), np.uint8)
    frame[: height // 2], frame[height // 2 :] = shade[:3], shade[3:6]
    frame[:, : 4 + 4 * step] //= 3
    return frame


def picture(asked, kind="PNG"):
    file = io.BytesIO()
    Image.fromarray(painted(asked)).save(file, kind)
    return file.getvalue()


def clip(asked, missing_frames=0):
    """An MP4 as long as asked, at ``RATE`` frames a second."""
    width, height = map(int, asked["size"].split("x"))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "clip.mp4"
        encoder = Encoder(path, Raster(width=width, height=height), Rate(num=RATE))
        for n in range(int(asked["seconds"]) * RATE - missing_frames):
            encoder.write(painted(asked, n))
        encoder.close()
        return path.read_bytes()


def send(handler, code, body, kind="application/json", headers=()):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(code)
    handler.send_header("Content-Type", kind)
    handler.send_header("Content-Length", str(len(raw)))
    for name, value in dict(headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(raw)


def missing(handler, server=None):
    """Of this it knows nothing."""
    send(handler, 404, {"error": {"message": "no such clip"}})


def status(number, message="trouble", headers=(), **error):
    """An HTTP error in the wire's form."""
    body = {"error": {"message": message, "type": "error", "code": None, **error}}
    return lambda handler, server: send(handler, number, body, headers=headers)


def body(value, kind="application/json", headers=()):
    """That body, bytes or JSON."""
    return lambda handler, server: send(handler, 200, value, kind, headers)


def taken_then(step):
    """The order is taken, and then something happens to the answer."""

    def answer(handler, server):
        server.accept(handler)
        step(handler, server)

    return answer


def hangs(handler, server):
    """No answer until the server ends."""
    server.ending.wait(20)
    handler.close_connection = True


def drops(handler, server):
    """The connection is gone without a byte."""
    handler.close_connection = True


def cut_short(handler, server):
    """Half a clip, then the connection is gone."""
    raw = clip(server.jobs[handler.path.split("/")[3]]["fields"])
    handler.send_response(200)
    handler.send_header("Content-Length", str(len(raw)))
    handler.end_headers()
    handler.wfile.write(raw[: len(raw) // 2])
    handler.wfile.flush()
    handler.close_connection = True


def half(handler, server):
    """Half a clip, as if that were all of it."""
    raw = clip(server.jobs[handler.path.split("/")[3]]["fields"])
    send(handler, 200, raw[: len(raw) * 2 // 3], "video/mp4")


def drips(handler, server):
    """A byte now and then, so that no single read ever times out."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not server.ending.is_set():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def drips_headers(handler, server):
    """A header that never ends, a byte now and then."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not server.ending.is_set():
        handler.wfile.write(b"a")
        time.sleep(0.02)


def hints(handler, server):
    """Answers before the answer, for ever."""
    while not server.ending.is_set():
        handler.wfile.write(b"HTTP/1.1 103 Early Hints\r\n\r\n")
        time.sleep(0.02)


def failing(message="the model broke", code="error"):
    """The clip could not be made."""

    def answer(handler, server):
        name = handler.path.split("/")[3]
        error = {"code": code, "message": message}
        send(handler, 200, {"id": name, "object": "video", "status": "failed", "progress": 3, "error": error})

    return answer


def bomb():
    """A PNG of 20,000 x 20,000 pixels in a few bytes."""
    file = io.BytesIO()
    Image.new("1", (20_000, 20_000)).save(file, "PNG")
    return file.getvalue()


def table(server, **more):
    """The text of a settings file with that server as ``studio``."""
    rows = {"url": server.url, "model": "draws-1", "price": 0.25, "sizes": ["128x72", "64x64"], **more}
    if rows.get("videos"):
        rows = {"seconds": [1, 2, 4], "rate": RATE, **rows}
    lines = (
        f"{name.replace('_', '-')} = {json.dumps(value)}" for name, value in rows.items() if value is not None
    )
    return "[remote.studio]\n" + "\n".join(lines) + "\n"
