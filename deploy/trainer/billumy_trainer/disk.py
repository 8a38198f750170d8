"""Files that are there whole or not at all, also after a crash."""
import json
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO


def write_whole(path: Path, write: Callable[[BinaryIO], Any]) -> None:
    """Durable when it returns."""
    unfinished = path.with_name(f'{path.name}.{secrets.token_hex(6)}.unfinished')
    try:
        with open(unfinished, 'xb') as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(path.parent)


def write_json(path: Path, value: dict) -> None:
    write_whole(path, lambda file: file.write(json.dumps(value).encode()))


def read_json(path: Path) -> dict:
    return json.loads(path.read_bytes())


def sync_folder(path: Path) -> None:
    """A new name in a folder is durable only when the folder is."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
