"""`/v1/fine_tuning/jobs`, as OpenAI has it."""
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from .errors import ApiError
from .file_store import FileStore
from .job_store import JobStore
from .runner import Runner

MOST_WAITING = 100


class Hyperparameters(BaseModel):
    """OpenAI's `n_epochs`; the others are of this server, and are called as peft and transformers call them."""

    model_config = ConfigDict(extra='ignore')
    n_epochs: int = Field(3, ge=1, le=10_000)
    lora_targets: Literal['all', 'feed_forward'] = 'all'
    lora_rank: int = Field(16, ge=1, le=256)
    lora_alpha: float = Field(32, gt=0, le=1024)
    learning_rate: float = Field(2e-4, gt=0, le=1)
    tokens_per_step: int = Field(512, ge=1, le=1_000_000)
    max_grad_norm: float = Field(1, gt=0, le=1000)
    weight_decay: float = Field(0.01, ge=0, le=1)
    warmup_ratio: float = Field(0.05, ge=0, le=1)
    early_stopping_patience: int = Field(2, ge=1, le=10_000)


class Supervised(BaseModel):
    hyperparameters: Hyperparameters = Hyperparameters()


class Method(BaseModel):
    type: str = 'supervised'
    supervised: Supervised = Supervised()


class NewJob(BaseModel):
    model_config = ConfigDict(extra='ignore')
    model: str
    training_file: str
    validation_file: str | None = None
    seed: int = Field(0, ge=0, le=2**53 - 1)
    suffix: str | None = Field(None, max_length=64)
    metadata: Annotated[dict[str, str], Field(max_length=16)] | None = None
    method: Method = Method()


def jobs_router(jobs: JobStore, files: FileStore, runner: Runner) -> APIRouter:
    router = APIRouter(prefix='/v1/fine_tuning/jobs')

    @router.post('')
    def create(wanted: NewJob) -> dict:
        if wanted.method.type != 'supervised':
            raise ApiError(400, 'invalid_request', 'Only supervised training is done.', 'method.type')
        if not files.has_model(wanted.model):
            raise ApiError(404, 'model_not_found', 'Upload the model with the purpose base-model first.', 'model')
        for param in ('training_file', 'validation_file'):
            _require_lines(files, getattr(wanted, param), param)
        if len([job for job in jobs.newest({}) if job['status'] == 'queued']) >= MOST_WAITING:
            raise ApiError(429, 'rate_limit_exceeded', 'Too many jobs wait.')
        hyperparameters = wanted.method.supervised.hyperparameters.model_dump()
        fields = wanted.model_dump(include={'model', 'training_file', 'validation_file', 'seed', 'suffix', 'metadata'})
        job = jobs.add({**fields, 'hyperparameters': {**hyperparameters, 'seed': wanted.seed}})
        runner.wake()
        return _told(job)

    @router.get('')
    def list_jobs(request: Request, after: str | None = None, limit: int = Query(20, ge=1, le=100)) -> dict:
        """`metadata[name]=value` leaves only those that say so."""
        query = request.query_params
        metadata = {name[9:-1]: query[name] for name in query if name.startswith('metadata[') and name.endswith(']')}
        return _page([_told(job) for job in jobs.newest(metadata)], after, limit)

    @router.get('/{job_id}')
    def get(job_id: str) -> dict:
        return _told(jobs.get(job_id))

    @router.get('/{job_id}/events')
    def events(job_id: str, after: str | None = None, limit: int = Query(20, ge=1, le=1000)) -> dict:
        return _page(jobs.events(job_id), after, limit)

    @router.delete('/{job_id}')
    def delete(job_id: str) -> dict:
        jobs.get(job_id)
        if not jobs.remove(job_id):
            raise ApiError(400, 'invalid_state', 'A job that has not ended must be cancelled first.')
        return {'id': job_id, 'object': 'fine_tuning.job', 'deleted': True}

    def changing(change) -> callable:
        def route(job_id: str) -> dict:
            jobs.get(job_id)
            if not change(job_id):
                raise ApiError(400, 'invalid_state', 'The job is in a state that forbids this.')
            return _told(jobs.get(job_id))

        return route

    for name in ('cancel', 'pause', 'resume'):
        router.post(f'/{{job_id}}/{name}')(changing(getattr(runner, name)))
    return router


def _require_lines(files: FileStore, file_id: str | None, param: str) -> None:
    if file_id is None and param == 'validation_file':
        return
    if files.get(file_id)['purpose'] != 'fine-tune':
        raise ApiError(400, 'invalid_request', 'Its purpose is not fine-tune.', param)


def _told(job: dict) -> dict:
    shown = {name: value for name, value in job.items() if name not in ('attempts', 'order')}
    method = {'type': 'supervised', 'supervised': {'hyperparameters': job['hyperparameters']}}
    own = {'organization_id': '', 'integrations': [], 'estimated_finish': None, 'fine_tuned_model': None}
    return {**own, **shown, 'method': method}


def _page(items: list[dict], after: str | None, limit: int) -> dict:
    start = 0
    if after is not None:
        start = next((place + 1 for place, item in enumerate(items) if item['id'] == after), len(items))
    return {'object': 'list', 'data': items[start : start + limit], 'has_more': start + limit < len(items)}
