"""Uploaded files and results, each a folder; models under their sha256."""
import hashlib
import re
import secrets
import shutil
import time
from pathlib import Path
from typing import BinaryIO

from .disk import read_json, write_json, write_whole
from .errors import ApiError, not_found

PURPOSES = ('fine-tune', 'base-model')
FILE_ID = re.compile(r'file-[0-9a-f]{24}')
PIECE = 2**20
RESERVED_BYTES = 256 * 2**20


class FileStore:
    def __init__(self, data: Path):
        self.folder = data / 'files'
        self.models = data / 'models'
        for folder in (self.folder, self.models):
            folder.mkdir(parents=True, exist_ok=True)
        self._remove_unfinished()

    def add(self, source: BinaryIO, *, name: str, purpose: str, size: int) -> dict:
        """Keeps what the source has to give; a base model that is there already is not kept twice."""
        if shutil.disk_usage(self.folder).free < size + RESERVED_BYTES:
            raise ApiError(507, 'disk_full', 'There is not enough free disk space.')
        if purpose == 'base-model' and source.read(4) != b'GGUF':
            raise ApiError(400, 'invalid_file', 'A base model is a file in GGUF format.', 'file')
        source.seek(0)
        digest = _digest(source)
        source.seek(0)
        file_id = f'file-{digest[:24] if purpose == "base-model" else secrets.token_hex(12)}'
        folder = self.folder / file_id
        folder.mkdir(exist_ok=True)
        target = self.model_path(digest) if purpose == 'base-model' else folder / 'content'
        if not target.exists():
            write_whole(target, lambda file: shutil.copyfileobj(source, file, PIECE))
        meta = {
            'id': file_id,
            'object': 'file',
            'bytes': size,
            'created_at': int(time.time()),
            'filename': name,
            'purpose': purpose,
            'status': 'processed',
            'sha256': digest,
        }
        write_json(folder / 'meta.json', meta)
        return meta

    def get(self, file_id: str) -> dict:
        path = self.folder / file_id / 'meta.json'
        if FILE_ID.fullmatch(file_id) is None or not path.exists():
            raise not_found('file')
        return read_json(path)

    def content(self, file_id: str) -> Path:
        meta = self.get(file_id)
        if meta['purpose'] == 'base-model':
            return self.model_path(meta['sha256'])
        return self.folder / file_id / 'content'

    def newest(self, purpose: str | None = None) -> list[dict]:
        """Newest first."""
        metas = [read_json(path) for path in self.folder.glob('*/meta.json')]
        wanted = [meta for meta in metas if purpose is None or meta['purpose'] == purpose]
        return sorted(wanted, key=lambda meta: (meta['created_at'], meta['id']), reverse=True)

    def delete(self, file_id: str) -> None:
        self.content(file_id).unlink(missing_ok=True)
        shutil.rmtree(self.folder / file_id)

    def model_path(self, sha256: str) -> Path:
        return self.models / f'{sha256}.gguf'

    def has_model(self, sha256: str) -> bool:
        return re.fullmatch('[0-9a-f]{64}', sha256) is not None and self.model_path(sha256).exists()

    def _remove_unfinished(self) -> None:
        for path in [*self.folder.glob('*/*.unfinished'), *self.models.glob('*.unfinished')]:
            path.unlink()


def _digest(source: BinaryIO) -> str:
    digest = hashlib.sha256()
    while piece := source.read(PIECE):
        digest.update(piece)
    return digest.hexdigest()
