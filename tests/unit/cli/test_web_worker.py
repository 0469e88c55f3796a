import socket

import pytest
from gunicorn.config import Config
from gunicorn.workers.gthread import TConn

from liaison.cli.web_worker import part_with


@pytest.fixture
def ends():
    """Both ends of one connection; the client's end stays open."""
    server, client = socket.socketpair()
    with server, client:
        yield server, client


def answered(server, client, request):
    """A connection of which one request was read and answered."""
    conn = TConn(Config(), server, ("127.0.0.1", 40_000), ("127.0.0.1", 8080))
    conn.init()
    client.sendall(request)
    next(conn.parser)
    server.sendall(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n")
    return conn


def test_a_client_that_does_not_hang_up_leaves_nothing_to_wait_for(ends):
    server, client = ends
    conn = answered(server, client, b"GET /healthz HTTP/1.1\r\nConnection: close\r\n\r\n")

    part_with(conn)

    server.settimeout(0)
    assert server.recv(1) == b""


def test_the_answer_arrives_also_where_the_body_was_not_read(ends):
    server, client = ends
    request = b"POST /graph/notifications HTTP/1.1\r\nContent-Length: 5\r\n\r\n12345"
    conn = answered(server, client, request)

    part_with(conn)
    conn.close()

    assert client.recv(100).startswith(b"HTTP/1.1 200 OK")
    assert client.recv(100) == b""


def test_a_connection_that_is_gone_already_is_parted_with(ends):
    server, client = ends
    conn = TConn(Config(), server, ("127.0.0.1", 40_000), ("127.0.0.1", 8080))
    client.close()
    server.close()

    part_with(conn)
