"""Files that a command writes where the user says: the whole new one or, whatever happens, the one before."""

import os
from pathlib import Path


def save(file: Path, content: bytes) -> None:
    """Write `content` to `file`; a device or a pipe is written to as it is.

    Raises:
        OSError: it cannot be written; what stood there stands there still.
    """
    if file.exists() and not file.is_file():
        file.write_bytes(content)
        return
    file = file.resolve()  # a link goes on leading to it
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        unfinished.write_bytes(content)
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        os.replace(unfinished, file)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
