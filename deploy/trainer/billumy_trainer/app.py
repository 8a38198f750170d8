"""The HTTP server."""
import hmac
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException

from .errors import ApiError
from .file_store import FileStore
from .files_api import files_router
from .job_store import JobStore
from .jobs_api import jobs_router
from .runner import Runner
from .settings import Settings


def create_app(settings: Settings) -> FastAPI:
    files, jobs = FileStore(settings.data), JobStore(settings.data)
    runner = Runner(jobs, files, settings)

    @asynccontextmanager
    async def lifespan(_: FastAPI):
        runner.start()
        yield
        runner.stop()

    app = FastAPI(lifespan=lifespan, docs_url=None, redoc_url=None, openapi_url=None)

    @app.middleware('http')
    async def require_key(request: Request, proceed):
        if request.url.path != '/health' and not _has_key(request, settings.api_key):
            return _send(ApiError(401, 'invalid_api_key', 'The key is missing or wrong.'))
        return await proceed(request)

    @app.get('/health')
    def health() -> dict:
        return {'status': 'ok'}

    app.include_router(files_router(files, settings))
    app.include_router(jobs_router(jobs, files, runner))
    app.exception_handler(ApiError)(lambda _, error: _send(error))
    app.exception_handler(RequestValidationError)(lambda _, error: _send(_first_fault(error)))
    app.exception_handler(HTTPException)(lambda _, error: _send(_plain(error)))
    return app


def _has_key(request: Request, key: str | None) -> bool:
    sent = request.headers.get('authorization', '').removeprefix('Bearer ')
    return key is None or hmac.compare_digest(sent.encode(), key.encode())


def _send(error: ApiError) -> JSONResponse:
    return JSONResponse(error.body(), status_code=error.status)


def _first_fault(error: RequestValidationError) -> ApiError:
    fault = error.errors()[0]
    return ApiError(400, 'invalid_request', fault['msg'], '.'.join(map(str, fault['loc'][1:])) or None)


def _plain(error: HTTPException) -> ApiError:
    code = 'not_found' if error.status_code == 404 else 'invalid_request'
    return ApiError(error.status_code, code, str(error.detail))
