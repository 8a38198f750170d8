"""Trains the adapter of the embedded trainer with PyTorch and PEFT instead, step by step, to compare with.

    python peft-parity.py JOB

JOB is a file of JSON: `base`, a GGUF file; `dtype`, such as `float32`; `packs`, the rows of each step, each with `tokens`
and `answerStart`; `rank`, `alpha`, `seed`, `clip`, `weightDecay`, and `rates`, the learning rate of each step. It prints
JSON: `losses` before each step, `cpuSeconds` of each step and `peakBytes`.

    pip install -r requirements.txt
"""

import json
import math
import resource
import sys
import time

import torch
from peft import LoraConfig, get_peft_model
from transformers import AutoModelForCausalLM

# In the order in which the embedded trainer draws its random numbers, by their names in Transformers.
PROJECTIONS = [
    "self_attn.q_proj",
    "self_attn.k_proj",
    "self_attn.v_proj",
    "self_attn.o_proj",
    "mlp.gate_proj",
    "mlp.up_proj",
    "mlp.down_proj",
]
MASK = 0xFFFFFFFF
IGNORED = -100


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        job = json.load(file)
    torch.set_num_threads(1)
    model = open_model(job)
    parameters = [parameter for parameter in model.parameters() if parameter.requires_grad]
    optimiser = torch.optim.AdamW(parameters, weight_decay=job["weightDecay"])
    losses, cpu_seconds = [], []
    for pack, rate in zip(job["packs"], job["rates"]):
        started = time.process_time()
        losses.append(step(model, pack, {"optimiser": optimiser, "parameters": parameters, "rate": rate, "clip": job["clip"]}))
        cpu_seconds.append(time.process_time() - started)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"losses": losses, "cpuSeconds": cpu_seconds, "peakBytes": peak}))


def open_model(job):
    folder, _, name = job["base"].rpartition("/")
    base = AutoModelForCausalLM.from_pretrained(folder, gguf_file=name, dtype=getattr(torch, job["dtype"]))
    targets = [projection.split(".")[1] for projection in PROJECTIONS]
    config = LoraConfig(r=job["rank"], lora_alpha=job["alpha"], lora_dropout=0.0, target_modules=targets)
    model = get_peft_model(base, config)
    begin_alike(model, job["seed"])
    model.train()
    return model


def begin_alike(model, seed):
    """Fills every A as the embedded trainer does; every B is zero already."""
    draw = random_numbers(seed)
    weights = dict(model.named_parameters())
    for layer in range(model.config.num_hidden_layers):
        for projection in PROJECTIONS:
            a = weights[f"base_model.model.model.layers.{layer}.{projection}.lora_A.default.weight"]
            spread = 1 / math.sqrt(a.shape[1])
            values = [spread * (2 * draw() - 1) for _ in range(a.numel())]
            with torch.no_grad():
                a.copy_(torch.tensor(values).reshape(a.shape))


def random_numbers(seed):
    """Source: Mulberry32 by Tommy Ettinger"""
    state = seed & MASK

    def draw():
        nonlocal state
        state = (state + 0x6D2B79F5) & MASK
        mixed = ((state ^ (state >> 15)) * (state | 1)) & MASK
        mixed ^= (mixed + (((mixed ^ (mixed >> 7)) * (mixed | 61)) & MASK)) & MASK
        return (mixed ^ (mixed >> 14)) / 2**32

    return draw


def step(model, pack, settings):
    """Returns the mean loss of the answers of a pack before the step."""
    optimiser = settings["optimiser"]
    length = max(len(row["tokens"]) for row in pack)
    tokens = torch.zeros(len(pack), length, dtype=torch.long)
    labels = torch.full((len(pack), length), IGNORED)
    for index, row in enumerate(pack):
        count = len(row["tokens"])
        tokens[index, :count] = torch.tensor(row["tokens"])
        labels[index, row["answerStart"] : count] = torch.tensor(row["tokens"][row["answerStart"] :])
    attention = torch.zeros_like(tokens)
    for index, row in enumerate(pack):
        attention[index, : len(row["tokens"])] = 1
    loss = model(input_ids=tokens, attention_mask=attention, labels=labels).loss
    loss.backward()
    torch.nn.utils.clip_grad_norm_(settings["parameters"], settings["clip"])
    for group in optimiser.param_groups:
        group["lr"] = settings["rate"]
    optimiser.step()
    optimiser.zero_grad()
    return loss.item()


main()
