"""A base model with a LoRA over it, as PEFT makes it."""
import re
from collections.abc import Sequence

import numpy as np
import torch
from peft import LoraConfig, get_peft_model
from torch.nn.functional import cross_entropy
from transformers import AutoModelForCausalLM
from transformers.utils import logging

from .adapter_file import TENSORS
from .base_model import BaseModel
from .rows import Row

logging.set_verbosity_error()
logging.disable_progress_bar()

NAME = re.compile(r'\.layers\.(\d+)\.(.+)\.lora_([AB])\.default\.weight$')


class LoraModel:
    def __init__(self, base: BaseModel, wanted: dict, *, device: str):
        self.device = device
        model = AutoModelForCausalLM.from_pretrained(
            base.path.parent,
            gguf_file=base.path.name,
            dtype=torch.bfloat16 if device.startswith('cuda') else torch.float32,
        )
        torch.manual_seed(wanted['seed'])
        modules = [module for module in TENSORS if wanted['lora_targets'] == 'all' or module.startswith('mlp.')]
        config = LoraConfig(
            r=wanted['lora_rank'],
            lora_alpha=wanted['lora_alpha'],
            lora_dropout=0,
            target_modules=[module.split('.')[1] for module in modules],
            task_type='CAUSAL_LM',
        )
        self._peft = get_peft_model(model, config).to(device)
        self._causal = self._peft.get_base_model()
        self._named = {
            f'{match[1]}.{match[2]}.{match[3].lower()}': parameter
            for name, parameter in self._peft.named_parameters()
            if (match := NAME.search(name))
        }
        self.parameters = list(self._named.values())

    def weights(self) -> dict[str, torch.Tensor]:
        """A copy, on the CPU."""
        return {name: parameter.detach().cpu().clone() for name, parameter in self._named.items()}

    def set_weights(self, weights: dict[str, torch.Tensor]) -> None:
        with torch.no_grad():
            for name, parameter in self._named.items():
                parameter.copy_(weights[name])

    def answer_loss(self, rows: Sequence[Row]) -> tuple[torch.Tensor, int]:
        """The negative log-likelihood of all answers together, and how many tokens they have."""
        longest = max(len(row.tokens) for row in rows)
        # Padding comes last and is never an answer, so nothing sees it: no mask is needed.
        padded = torch.tensor([row.tokens + [0] * (longest - len(row.tokens)) for row in rows], device=self.device)
        starts = torch.tensor([row.answer_start for row in rows], device=self.device)
        ends = torch.tensor([len(row.tokens) for row in rows], device=self.device)
        places = torch.arange(1, longest, device=self.device)
        is_answer = (places >= starts[:, None]) & (places < ends[:, None])
        hidden = self._causal.model(input_ids=padded[:, :-1], use_cache=False).last_hidden_state
        logits = self._causal.lm_head(hidden[is_answer]).float()
        wanted = padded[:, 1:][is_answer]
        return cross_entropy(logits, wanted, reduction='sum'), len(wanted)


def as_arrays(weights: dict[str, torch.Tensor]) -> dict[str, np.ndarray]:
    return {name: tensor.float().numpy() for name, tensor in weights.items()}
