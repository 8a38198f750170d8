"""What the environment says."""
import os
from dataclasses import dataclass
from pathlib import Path

GIBIBYTE = 2**30


@dataclass(frozen=True)
class Settings:
    host: str
    port: int
    api_key: str | None
    data: Path
    threads: int
    device: str
    most_model_bytes: int
    most_file_bytes: int
    most_seconds: float


def read_settings(environment=os.environ) -> Settings:
    """Raises ValueError with the name of what is wrong, never its value."""
    host = environment.get('TRAINER_HOST', '127.0.0.1')
    api_key = environment.get('TRAINER_API_KEY') or None
    if api_key is None and host not in ('127.0.0.1', '::1', 'localhost'):
        raise ValueError('TRAINER_API_KEY: needed where other machines reach the server')
    return Settings(
        host=host,
        port=int(_number(environment, 'TRAINER_PORT', 8100)),
        api_key=api_key,
        data=Path(environment.get('TRAINER_DATA', './data')).resolve(),
        threads=int(_number(environment, 'TRAINER_THREADS', os.cpu_count() or 1)),
        device=environment.get('TRAINER_DEVICE', 'auto'),
        most_model_bytes=int(_number(environment, 'TRAINER_MAX_MODEL_GB', 64) * GIBIBYTE),
        most_file_bytes=int(_number(environment, 'TRAINER_MAX_FILE_GB', 0.5) * GIBIBYTE),
        most_seconds=_number(environment, 'TRAINER_MAX_HOURS', 48) * 3600,
    )


def _number(environment, name: str, default: float) -> float:
    try:
        value = float(environment.get(name) or default)
    except ValueError as error:
        raise ValueError(f'{name}: expected a number') from error
    if value < 0:
        raise ValueError(f'{name}: expected a number that is not negative')
    return value
