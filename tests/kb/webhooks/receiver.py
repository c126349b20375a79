"""A receiver of messages: keeps what it was sent, and answers as the test wants."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

from tests.patience import PATIENCE


@contextmanager
def receiver():
    """A server on this machine: `url`, `got` (headers, body), `answers` (the last one stays), `hold`."""
    state = SimpleNamespace(got=[], answers=[200], hold=None, arrived=threading.Event())

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            state.got.append((dict(self.headers), body))
            state.arrived.set()
            if state.hold:
                state.hold.wait(PATIENCE)
            self.send_response(state.answers.pop(0) if len(state.answers) > 1 else state.answers[0])
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    state.url = f"http://127.0.0.1:{server.server_port}/hook?from=kb"
    try:
        yield state
    finally:
        if state.hold:
            state.hold.set()
        server.shutdown()
        server.server_close()
