"""What a job tells while it runs, one JSON object per line."""
import json
import secrets
import time
from pathlib import Path

from .job_store import read_events


class EventLog:
    def __init__(self, folder: Path):
        self.path = folder / 'events.jsonl'

    def forget_after(self, step: int) -> None:
        """What comes after the checkpoint that a job goes on from will be told again."""
        kept = [event for event in read_events(self.path.parent) if (event.get('data') or {}).get('step', 0) <= step]
        self.path.write_text(''.join(json.dumps(event) + '\n' for event in kept))

    def metrics(self, **data) -> None:
        self._add('metrics', f'Step {data["step"]}/{data["total_steps"]}', data)

    def message(self, text: str) -> None:
        self._add('message', text, None)

    def _add(self, kind: str, message: str, data: dict | None) -> None:
        event = {
            'object': 'fine_tuning.job.event',
            'id': f'ftevent-{secrets.token_hex(12)}',
            'created_at': int(time.time()),
            'level': 'info',
            'type': kind,
            'message': message,
            'data': data,
        }
        with open(self.path, 'a') as file:
            file.write(json.dumps(event) + '\n')
