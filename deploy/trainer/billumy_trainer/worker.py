"""One job in a process of its own, which may die without taking the server along."""
import os
import signal
import threading
from multiprocessing import parent_process
from pathlib import Path

from .base_model import read_base_model
from .disk import write_json
from .errors import ApiError
from .event_log import EventLog


def work(folder: Path, job: dict, files: dict[str, Path | None], settings: dict) -> None:
    """Ends with `outcome.json`; without one it was stopped, or died. SIGTERM makes it write a checkpoint and stop."""
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    threading.Thread(target=_die_with_the_server, daemon=True).start()
    os.nice(10)
    try:
        outcome = _train(folder, job, files, settings, stop)
    except ApiError as error:
        outcome = {'error': {'code': error.code, 'message': error.message, 'param': error.param}}
    if outcome is not None:
        write_json(folder / 'outcome.json', outcome)


def _train(folder: Path, job: dict, files: dict, settings: dict, stop: threading.Event) -> dict | None:
    import torch

    from .adapter_file import write_adapter
    from .lora import LoraModel, as_arrays
    from .rows import RowMaker
    from .training import Stopped, Training

    torch.set_num_threads(settings['threads'])
    torch.use_deterministic_algorithms(True, warn_only=True)
    wanted = job['hyperparameters']
    base = read_base_model(files['model'])
    maker = RowMaker(base)
    training = maker.read(files['training'], 'training_file')
    validation = [] if files['validation'] is None else maker.read(files['validation'], 'validation_file')
    EventLog(folder).message('Training begins, or goes on')
    device = _device(settings['device'], torch)
    model = LoraModel(base, wanted, device=device)
    run = Training(folder, model, wanted, training=training, validation=validation)
    try:
        weights = run.run(stop.is_set)
    except Stopped:
        return None
    write_adapter(folder / 'adapter.gguf', base, as_arrays(weights), wanted['lora_alpha'])
    return {'trained_tokens': wanted['n_epochs'] * sum(len(row.tokens) for row in training)}


def _device(wanted: str, torch) -> str:
    if wanted != 'auto':
        return wanted
    return 'cuda' if torch.cuda.is_available() else 'cpu'


def _die_with_the_server() -> None:
    """Whoever starts the server again starts the job again, and two must not write one checkpoint."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
