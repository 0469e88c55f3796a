# ruff: noqa: INP001  (a script beside the pictures it draws, no package)
"""Draws the link mark of Liaison as PNG files in the sizes that Outlook's manifest asks for.

Run it with any Python 3; it needs nothing but the standard library.
"""

import math
import struct
import zlib
from pathlib import Path

SIZES = (16, 32, 64, 80, 128)
SAMPLES = 4
BLUE = (15, 108, 189)
WHITE = (255, 255, 255)
ANGLE = math.radians(-45)
LINK_LENGTH, LINK_RADIUS, STROKE = 0.23, 0.135, 0.085
OFFSET = 0.165


def rounded_square(x: float, y: float) -> bool:
    radius, half = 0.22, 0.5
    dx, dy = max(abs(x) - (half - radius), 0), max(abs(y) - (half - radius), 0)
    return math.hypot(dx, dy) <= radius


def ring_distance(x: float, y: float) -> float:
    """How far a point is from the middle line of a stadium that lies along the x axis."""
    nearest = max(-LINK_LENGTH / 2, min(LINK_LENGTH / 2, x))
    return abs(math.hypot(x - nearest, y) - LINK_RADIUS)


def is_on_mark(x: float, y: float) -> bool:
    along = x * math.cos(ANGLE) - y * math.sin(ANGLE)
    across = x * math.sin(ANGLE) + y * math.cos(ANGLE)
    first = ring_distance(along - OFFSET, across) <= STROKE / 2
    second = ring_distance(along + OFFSET, across) <= STROKE / 2
    # where the two links cross, each is cut once, so that they look threaded
    gap = STROKE * 0.95
    if first and across < 0 and ring_distance(along + OFFSET, across) <= gap:
        return second
    if second and across > 0 and ring_distance(along - OFFSET, across) <= gap:
        return first
    return first or second


def pixel(column: int, row: int, size: int) -> bytes:
    covered, marked = 0, 0
    for i in range(SAMPLES * SAMPLES):
        x = (column + (i % SAMPLES + 0.5) / SAMPLES) / size - 0.5
        y = (row + (i // SAMPLES + 0.5) / SAMPLES) / size - 0.5
        if rounded_square(x, y):
            covered += 1
            marked += is_on_mark(x, y)
    share = marked / covered if covered else 0
    colour = (round(b + (w - b) * share) for b, w in zip(BLUE, WHITE, strict=True))
    return bytes((*colour, round(255 * covered / SAMPLES**2)))


def chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(size: int) -> bytes:
    rows = (b"\0" + b"".join(pixel(x, y, size) for x in range(size)) for y in range(size))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    image = zlib.compress(b"".join(rows), 9)
    signature = b"\x89PNG\r\n\x1a\n"
    return signature + chunk(b"IHDR", header) + chunk(b"IDAT", image) + chunk(b"IEND", b"")


if __name__ == "__main__":
    for size in SIZES:
        (Path(__file__).parent / f"icon-{size}.png").write_bytes(png(size))
