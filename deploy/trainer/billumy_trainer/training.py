"""Trains a LoRA step by step, and goes on from a checkpoint to the same weights."""
import math
import time
from collections.abc import Callable
from pathlib import Path

import torch

from .disk import write_whole
from .errors import ApiError
from .event_log import EventLog
from .lora import LoraModel
from .rows import Row
from .schedule import epoch_steps, rate_share

CHECKPOINT_SECONDS = 60
ROWS_AT_ONCE = 8


class Stopped(Exception):
    """It was told to stop, and wrote a checkpoint before."""


class Training:
    def __init__(self, folder: Path, model: LoraModel, hyperparameters: dict, *, training: list[Row], validation: list[Row]):
        self._path = folder / 'checkpoint.pt'
        self._log = EventLog(folder)
        self._model = model
        self._wanted = hyperparameters
        self._validation = validation
        self._epochs = [
            epoch_steps(training, tokens_per_step=hyperparameters['tokens_per_step'], seed=hyperparameters['seed'], epoch=epoch)
            for epoch in range(hyperparameters['n_epochs'])
        ]
        self.total_steps = sum(map(len, self._epochs))
        self._optimizer = torch.optim.AdamW(model.parameters, weight_decay=hyperparameters['weight_decay'])
        self._step = 0
        self._best: dict = {'loss': math.inf, 'epoch': -1, 'weights': None}
        self._resume()
        self._saved_at = time.monotonic()

    def run(self, must_stop: Callable[[], bool]) -> dict[str, torch.Tensor]:
        """The weights of the epoch with the smallest validation loss; of the last one where nothing is validated."""
        done = 0
        for epoch, steps in enumerate(self._epochs):
            done += len(steps)
            # An epoch that the checkpoint has seen end was judged then.
            if done < self._step or epoch <= self._judged:
                continue
            if self._validation and self._judged - self._best['epoch'] >= self._wanted['early_stopping_patience']:
                break
            for rows in steps[len(steps) - (done - self._step) :]:
                self._take_step(rows)
                if must_stop():
                    self._save()
                    raise Stopped
                if time.monotonic() - self._saved_at > CHECKPOINT_SECONDS:
                    self._save()
            self._end_epoch(epoch)
        return self._best['weights']

    def _take_step(self, rows: list[Row]) -> None:
        started = time.monotonic()
        share = rate_share(self._step, total=self.total_steps, warm_up=self._wanted['warmup_ratio'])
        for group in self._optimizer.param_groups:
            group['lr'] = share * self._wanted['learning_rate']
        self._optimizer.zero_grad()
        answer_tokens = sum(len(row.tokens) - row.answer_start for row in rows)
        loss = 0.0
        for first in range(0, len(rows), ROWS_AT_ONCE):
            part, _ = self._model.answer_loss(rows[first : first + ROWS_AT_ONCE])
            part = part / answer_tokens
            part.backward()
            loss += part.item()
        norm = torch.nn.utils.clip_grad_norm_(self._model.parameters, self._wanted['max_grad_norm'])
        if not math.isfinite(loss) or not torch.isfinite(norm):
            raise ApiError(400, 'loss_not_finite', 'The loss is no number: choose a smaller learning rate.')
        self._optimizer.step()
        self._step += 1
        seconds = max(time.monotonic() - started, 1e-6)
        self._log.metrics(
            step=self._step,
            total_steps=self.total_steps,
            train_loss=loss,
            tokens_per_second=sum(len(row.tokens) for row in rows) / seconds,
            seconds_left=(self.total_steps - self._step) * seconds,
        )

    def _end_epoch(self, epoch: int) -> None:
        loss = self._validation_loss() if self._validation else None
        if loss is None or loss < self._best['loss'] or self._best['weights'] is None:
            self._best = {'loss': math.inf if loss is None else loss, 'epoch': epoch, 'weights': self._model.weights()}
        self._judged = epoch
        self._save()
        if loss is not None:
            self._log.metrics(step=self._step, total_steps=self.total_steps, epoch=epoch + 1, full_valid_loss=loss)

    def _validation_loss(self) -> float:
        """Per token of the answers."""
        total, tokens = 0.0, 0
        with torch.no_grad():
            for first in range(0, len(self._validation), ROWS_AT_ONCE):
                loss, count = self._model.answer_loss(self._validation[first : first + ROWS_AT_ONCE])
                total += loss.item()
                tokens += count
        if not math.isfinite(total):
            raise ApiError(400, 'loss_not_finite', 'The loss is no number: choose a smaller learning rate.')
        return total / tokens

    def _save(self) -> None:
        state = {
            'step': self._step,
            'judged': self._judged,
            'weights': self._model.weights(),
            'optimizer': self._optimizer.state_dict(),
            'best': self._best,
        }
        write_whole(self._path, lambda file: torch.save(state, file))
        self._saved_at = time.monotonic()

    def _resume(self) -> None:
        self._judged = -1
        if self._path.exists():
            state = torch.load(self._path, map_location='cpu', weights_only=True)
            self._step, self._judged, self._best = state['step'], state['judged'], state['best']
            self._model.set_weights(state['weights'])
            self._optimizer.load_state_dict(state['optimizer'])
        self._log.forget_after(self._step)
