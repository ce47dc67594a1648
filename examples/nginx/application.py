"""An application behind a proxy: it greets the user that the header X-User names. application.py PORT"""

import html
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer


class Application(BaseHTTPRequestHandler):
    def do_GET(self):
        user = html.escape(self.headers.get("X-User", "stranger"))
        page = f'<!doctype html><title>Application</title><h1>Hello {user}</h1><a href="/auth/logout">Sign out</a>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(page.encode())

    def log_message(self, *_):
        pass


HTTPServer(("127.0.0.1", int(sys.argv[1])), Application).serve_forever()
