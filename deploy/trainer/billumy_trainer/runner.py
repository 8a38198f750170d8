"""Runs the jobs, one after the other."""
import multiprocessing
import threading
from pathlib import Path

from .disk import read_json
from .errors import ApiError
from .file_store import FileStore
from .job_store import ENDED, JobStore
from .settings import Settings
from .worker import work

MOST_DEATHS = 3
STOP_SECONDS = 20
ALIVE = ('queued', 'running', 'paused')


class Runner:
    def __init__(self, jobs: JobStore, files: FileStore, settings: Settings):
        self._jobs, self._files, self._settings = jobs, files, settings
        self._changed = threading.Condition()
        self._stopping = False
        # The id of the job, its process, and what tells that it ended.
        self._running: tuple[str, multiprocessing.process.BaseProcess, threading.Event] | None = None
        self._processes = multiprocessing.get_context('forkserver')
        # Loaded once, so that a job begins at once.
        self._processes.set_forkserver_preload(['billumy_trainer.training', 'billumy_trainer.worker'])
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        for job in self._jobs.newest({}):
            self._jobs.change(job['id'], ('running',), status='queued')
        self._thread.start()

    def wake(self) -> None:
        with self._changed:
            self._changed.notify_all()

    def stop(self) -> None:
        """What runs writes a checkpoint, and goes on at the next start."""
        self._stopping = True
        running = self._running
        if running is not None:
            running[1].terminate()
            if not running[2].wait(STOP_SECONDS):
                running[1].kill()
        self.wake()
        self._thread.join(STOP_SECONDS)

    def pause(self, job_id: str) -> bool:
        """It writes a checkpoint soon; until then it is paused already, and can be resumed."""
        paused = self._jobs.change(job_id, ('queued', 'running'), status='paused')
        running = self._running
        if paused and running is not None and running[0] == job_id:
            running[1].terminate()
        return paused

    def cancel(self, job_id: str) -> bool:
        """When it returns nothing works on the job any more."""
        cancelled = self._jobs.change(job_id, ALIVE, status='cancelled')
        running = self._running
        if cancelled and running is not None and running[0] == job_id:
            running[1].kill()
            running[2].wait(STOP_SECONDS)
        return cancelled

    def resume(self, job_id: str) -> bool:
        resumed = self._jobs.change(job_id, ('paused',), status='queued')
        self.wake()
        return resumed

    def _run(self) -> None:
        while not self._stopping:
            job = self._jobs.next_queued()
            if job is None:
                with self._changed:
                    self._changed.wait(1)
            elif self._jobs.change(job['id'], ('queued',), status='running'):
                try:
                    self._work_on(job)
                except ApiError as error:
                    # Its files were removed before its turn came.
                    self._fail(job, error.body()['error'])

    def _work_on(self, job: dict) -> None:
        folder = self._jobs.path(job['id'])
        (folder / 'outcome.json').unlink(missing_ok=True)
        settings = {'threads': self._settings.threads, 'device': self._settings.device}
        process = self._processes.Process(target=work, args=(folder, job, self._files_of(job), settings))
        process.start()
        ended = threading.Event()
        self._running = (job['id'], process, ended)
        # Paused or cancelled before there was a process to end.
        if self._jobs.get(job['id'])['status'] != 'running' or self._stopping:
            process.terminate()
        process.join(self._settings.most_seconds)
        if process.is_alive():
            self._fail(job, {'code': 'timeout', 'message': 'The job took longer than the server allows.', 'param': None})
            process.kill()
            process.join()
        self._conclude(job, folder)
        self._running = None
        ended.set()

    def _files_of(self, job: dict) -> dict[str, Path | None]:
        validation = job['validation_file']
        return {
            'model': self._files.model_path(job['model']),
            'training': self._files.content(job['training_file']),
            'validation': None if validation is None else self._files.content(validation),
        }

    def _conclude(self, job: dict, folder: Path) -> None:
        if (folder / 'outcome.json').exists():
            self._succeed_or_fail(job, folder, read_json(folder / 'outcome.json'))
        elif self._stopping:
            self._jobs.change(job['id'], ('running',), status='queued')
        else:
            self._count_death(job)
        if self._jobs.get(job['id'])['status'] in ENDED:
            (folder / 'checkpoint.pt').unlink(missing_ok=True)

    def _succeed_or_fail(self, job: dict, folder: Path, outcome: dict) -> None:
        if 'error' in outcome:
            self._fail(job, outcome['error'])
            return
        adapter = folder / 'adapter.gguf'
        name = f'{job["suffix"] or job["id"]}.gguf'
        with open(adapter, 'rb') as source:
            size = adapter.stat().st_size
            result = self._files.add(source, name=name, purpose='fine-tune-results', size=size)
        result_fields = {'result_files': [result['id']], 'fine_tuned_model': f'{job["model"]}:{job["id"]}'}
        succeeded = self._jobs.change(job['id'], ('running', 'paused'), status='succeeded', **result_fields, **outcome)
        adapter.unlink()
        if not succeeded:
            self._files.delete(result['id'])

    def _count_death(self, job: dict) -> None:
        deaths = job['attempts'] + 1
        if deaths < MOST_DEATHS:
            self._jobs.change(job['id'], ('running',), status='queued', attempts=deaths)
            return
        self._fail(job, {'code': 'trainer_died', 'message': 'The training died again and again.', 'param': None})

    def _fail(self, job: dict, error: dict) -> None:
        self._jobs.change(job['id'], ('running',), status='failed', error=error)
