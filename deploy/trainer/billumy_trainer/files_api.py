"""`/v1/files`, and the models that were uploaded."""
import shutil
import tempfile
from multiprocessing.util import get_temp_dir
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from starlette.datastructures import UploadFile

from .errors import ApiError, not_found
from .file_store import PURPOSES, FileStore
from .settings import Settings

FORM_BYTES = 64 * 1024


def files_router(files: FileStore, settings: Settings) -> APIRouter:
    router = APIRouter(prefix='/v1')
    _keep_uploads_in(settings.data / 'incoming')
    limits = {'fine-tune': settings.most_file_bytes, 'base-model': settings.most_model_bytes}

    @router.post('/files')
    async def upload(request: Request) -> dict:
        # Before anything of it is written to the disk.
        if _length_of(request) > max(limits.values()) + FORM_BYTES:
            raise _too_large()
        async with request.form(max_files=1, max_fields=8) as form:
            purpose, file = form.get('purpose'), form.get('file')
            if purpose not in PURPOSES:
                raise ApiError(400, 'invalid_request', f'Expected one of {", ".join(PURPOSES)}.', 'purpose')
            if not isinstance(file, UploadFile) or file.size is None:
                raise ApiError(400, 'invalid_request', 'Expected a file.', 'file')
            if file.size > limits[purpose]:
                raise _too_large()
            named = {'name': (file.filename or 'file')[:255], 'purpose': purpose, 'size': file.size}
            return await run_in_threadpool(lambda: files.add(file.file, **named))

    @router.get('/files')
    def list_files(purpose: str | None = None) -> dict:
        return {'object': 'list', 'data': files.newest(purpose), 'has_more': False}

    @router.get('/files/{file_id}')
    def get(file_id: str) -> dict:
        return files.get(file_id)

    @router.get('/files/{file_id}/content')
    def content(file_id: str) -> FileResponse:
        return FileResponse(files.content(file_id), media_type='application/octet-stream')

    @router.delete('/files/{file_id}')
    def delete(file_id: str) -> dict:
        files.get(file_id)
        files.delete(file_id)
        return {'id': file_id, 'object': 'file', 'deleted': True}

    @router.get('/models/{sha256}')
    def model(sha256: str) -> dict:
        """Whether a base model is here."""
        if not files.has_model(sha256):
            raise not_found('model')
        return {'id': sha256, 'object': 'model', 'created': 0, 'owned_by': 'upload'}

    return router


def _keep_uploads_in(folder: Path) -> None:
    """Uploads lie on the disk of the data while they come: a model may be larger than the memory or /tmp."""
    # Sockets of processes have too little room for the name of a folder of data: their place is chosen before.
    get_temp_dir()
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    tempfile.tempdir = str(folder)


def _length_of(request: Request) -> int:
    length = request.headers.get('content-length', '')
    if not length.isdigit():
        raise ApiError(411, 'length_required', 'Say how long the body is.')
    return int(length)


def _too_large() -> ApiError:
    return ApiError(413, 'file_too_large', 'The file is larger than the server takes.', 'file')
