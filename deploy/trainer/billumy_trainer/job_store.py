"""Jobs, each a folder with what it is, what happened, its checkpoint and its adapter."""
import json
import re
import secrets
import shutil
import threading
import time
from pathlib import Path

from .disk import read_json, write_json
from .errors import not_found

JOB_ID = re.compile(r'ftjob-[0-9a-f]{24}')
ENDED = ('succeeded', 'failed', 'cancelled')


class JobStore:
    def __init__(self, data: Path):
        self.folder = data / 'jobs'
        self.folder.mkdir(parents=True, exist_ok=True)
        self._lock = threading.RLock()

    def add(self, fields: dict) -> dict:
        job_id = f'ftjob-{secrets.token_hex(12)}'
        job = {
            'object': 'fine_tuning.job',
            'id': job_id,
            'created_at': int(time.time()),
            # Within a second, too, the order in which they came.
            'order': time.time_ns(),
            'finished_at': None,
            'status': 'queued',
            'result_files': [],
            'trained_tokens': None,
            'error': None,
            'attempts': 0,
            **fields,
        }
        (self.folder / job_id).mkdir()
        write_json(self.path(job_id) / 'job.json', job)
        return job

    def path(self, job_id: str) -> Path:
        return self.folder / job_id

    def get(self, job_id: str) -> dict:
        path = self.path(job_id) / 'job.json'
        if JOB_ID.fullmatch(job_id) is None or not path.exists():
            raise not_found('fine-tuning job')
        return read_json(path)

    def change(self, job_id: str, only_from: tuple[str, ...], **fields) -> bool:
        """Whether it was in one of those states, and so was changed."""
        with self._lock:
            job = self._find(self.path(job_id) / 'job.json')
            if job is None or job['status'] not in only_from:
                return False
            if fields.get('status') in ENDED:
                fields['finished_at'] = int(time.time())
            write_json(self.path(job_id) / 'job.json', {**job, **fields})
            return True

    def remove(self, job_id: str) -> bool:
        """Whether it had ended, and so is gone."""
        with self._lock:
            if self.get(job_id)['status'] not in ENDED:
                return False
            # Without its description it is no job any more, whatever happens then.
            (self.path(job_id) / 'job.json').unlink()
            shutil.rmtree(self.path(job_id), ignore_errors=True)
            return True

    def newest(self, metadata: dict[str, str]) -> list[dict]:
        """Newest first: those whose metadata has all of these."""
        jobs = [self._find(path) for path in self.folder.glob('*/job.json')]
        wanted = [job for job in jobs if job is not None and metadata.items() <= (job['metadata'] or {}).items()]
        return sorted(wanted, key=lambda job: job['order'], reverse=True)

    @staticmethod
    def _find(path: Path) -> dict | None:
        """None for one that was removed meanwhile."""
        try:
            return read_json(path)
        except FileNotFoundError:
            return None

    def next_queued(self) -> dict | None:
        """The oldest one."""
        return next((job for job in reversed(self.newest({})) if job['status'] == 'queued'), None)

    def events(self, job_id: str) -> list[dict]:
        """Newest first."""
        self.get(job_id)
        return read_events(self.path(job_id))[::-1]


def read_events(folder: Path) -> list[dict]:
    """Oldest first; a last line that a crash cut is none."""
    path = folder / 'events.jsonl'
    if not path.exists():
        return []
    lines = path.read_text().split('\n')[:-1]
    return [json.loads(line) for line in lines]
