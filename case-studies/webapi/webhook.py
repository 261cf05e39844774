"""The mail service that the platform posts notifications to; it answers after a while, as a far one does."""

import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LATENCY_SECONDS = 0.025


class Handler(BaseHTTPRequestHandler):
    """Accepts every notification."""

    protocol_version = "HTTP/1.1"

    def do_POST(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        time.sleep(LATENCY_SECONDS)
        self.send_response(204)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        """Nothing is logged."""


if __name__ == "__main__":
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()
