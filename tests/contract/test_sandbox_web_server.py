"""The stand-in's own web server, where a client goes away."""

import socket
import struct
import threading

from liaison_sandbox import wsgi_server

AT_ONCE = struct.pack("ii", 1, 0)


def test_a_client_that_is_gone_before_its_answer_leaves_nothing_open(monkeypatch):
    is_asked, is_gone, is_over = threading.Event(), threading.Event(), threading.Event()
    connections = []

    def answer_late(_environ, start):
        is_asked.set()
        assert is_gone.wait(timeout=60)
        start("200 OK", [])
        return [b"late"]

    def finish(connection):
        connections.append(connection)
        try:
            finish_as_ever(connection)
        finally:
            is_over.set()

    finish_as_ever = wsgi_server._Handler.finish
    monkeypatch.setattr(wsgi_server._Handler, "finish", finish)
    server = wsgi_server.WsgiServer(answer_late, 0)
    server.start()
    client = socket.create_connection(("127.0.0.1", server.server_port))
    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
    client.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")
    assert is_asked.wait(timeout=60)

    client.close()
    is_gone.set()

    assert is_over.wait(timeout=60)
    server.stop()
    [connection] = connections
    assert connection.rfile.closed
