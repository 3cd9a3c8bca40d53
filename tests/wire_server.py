"""A local server that speaks the OpenAI chat-completions wire, and misbehaves by script.

    with WireServer([status(503), story(treatment())]) as server:
        ...  # server.url, server.requests

Each request to chat/completions takes the next step of the script; the last one is repeated.
"""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

MODEL = "tale-7b"


class WireServer:
    """Serves on a free port of the loopback address; ``requests`` holds what came in."""

    def __init__(self, script=(), models=(MODEL,), list_models=None):
        self.script = list(script)
        self.models = list(models)
        self.list_models = list_models
        self.requests = []
        self.ending = threading.Event()
        owner = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def log_message(self, *args):
                pass

            def do_GET(self):
                owner.requests.append({"path": self.path, "headers": lowered(self.headers), "body": None})
                if owner.list_models:
                    return owner.list_models(self, owner)
                rows = [{"id": name, "object": "model"} for name in owner.models]
                return send(self, 200, {"object": "list", "data": rows})

            def do_POST(self):
                raw = self.rfile.read(int(self.headers["Content-Length"]))
                asked = {"path": self.path, "headers": lowered(self.headers), "body": json.loads(raw)}
                turn = len(owner.asked)
                owner.requests.append(asked)
                if not self.path.endswith("/chat/completions"):
                    return send(self, 404, {"error": {"message": "no such path"}})
                return owner.script[min(turn, len(owner.script) - 1)](self, owner)

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    @property
    def host(self):
        return f"127.0.0.1:{self._server.server_address[1]}"

    @property
    def url(self):
        return f"http://{self.host}/v1"

    @property
    def asked(self):
        """The requests for completions."""
        return [r for r in self.requests if r["body"] is not None]

    def __enter__(self):
        self._thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def lowered(headers):
    return {name.lower(): value for name, value in headers.items()}


def send(handler, code, body, headers=()):
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    handler.send_response(code)
    handler.send_header("Content-Type", "application/json")
    handler.send_header("Content-Length", str(len(raw)))
    for name, value in dict(headers).items():
        handler.send_header(name, value)
    handler.end_headers()
    handler.wfile.write(raw)


def completion(content, finish="stop", model=MODEL, **message):
    message = {"role": "assistant", "content": content, **message}
    return {
        "id": "chatcmpl-1", "object": "chat.completion", "created": 1_790_000_000, "model": model,
        "choices": [{"index": 0, "message": message, "finish_reason": finish, "logprobs": None}],
        "usage": {"prompt_tokens": 1, "completion_tokens": 1, "total_tokens": 2},
    }  # fmt: skip


def says(content, finish="stop", **message):
    """An answer with that text, whatever it is."""
    return lambda handler, server: send(handler, 200, completion(content, finish, **message))


def story(treatment, **more):
    """An answer with that treatment as JSON."""
    return says(json.dumps(treatment), **more)


def status(number, message="trouble", headers=(), **error):
    """An HTTP error in the wire's form."""
    body = {"error": {"message": message, "type": "error", "param": None, "code": None, **error}}
    return lambda handler, server: send(handler, number, body, headers)


def body(value, code=200):
    """That body, bytes or JSON, instead of a completion."""
    return lambda handler, server: send(handler, code, value)


def breaks_off(handler, server):
    """Half an answer, then the connection is gone."""
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(b'{"choices": [{"mess')
    handler.wfile.flush()
    handler.close_connection = True


def hangs(handler, server):
    """No answer until the server ends."""
    server.ending.wait(10)
    handler.close_connection = True


def drips(handler, server):
    """A byte now and then, so that no single read ever times out."""
    handler.send_response(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    while not server.ending.is_set():
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.02)


def drips_a_header(handler, server):
    """One header that grows and grows, so that there never is a response."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX: ")
    _again_and_again(handler, server, b"a")


def hints_on(handler, server):
    """One interim response after the other, and never the last."""
    _again_and_again(handler, server, b"HTTP/1.1 103 Early Hints\r\n\r\n")


def _again_and_again(handler, server, data):
    handler.close_connection = True
    while not server.ending.is_set():
        handler.wfile.write(data)
        handler.wfile.flush()
        time.sleep(0.02)


def endless(code):
    """A body without end."""

    def answer(handler, server):
        handler.send_response(code)
        handler.send_header("Connection", "close")
        handler.end_headers()
        while not server.ending.is_set():
            handler.wfile.write(b"x" * 65_536)
        handler.close_connection = True

    return answer


def only_text(then, *known):
    """Refuses every ``response_format`` whose type is not among ``known``."""

    def answer(handler, server):
        form = server.asked[-1]["body"].get("response_format", {}).get("type")
        if form is not None and form not in known:
            return status(400, f"'response_format' of type '{form}' is not supported")(handler, server)
        return then(handler, server)

    return answer
