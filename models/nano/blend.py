"""Mixes the averaged weights of points of one training, or of trainings that went on from one point, into a GGUF file.

What a late step on harder data unlearned is partly there in the earlier
checkpoint; and two that went on apart err in different places. Between them, the
weights answer better than any of them.
"""
import argparse
import os

import torch

from export import from_gguf, weights, write


def weights_of(path):
    return from_gguf(path)[0].state_dict() if path.endswith('.gguf') else weights(torch.load(path, map_location='cpu'))


def main():
    p = argparse.ArgumentParser()
    p.add_argument('run', help='folder with checkpoint.pt and tokenizer.json')
    p.add_argument('out')
    p.add_argument('others', nargs='+', metavar='FILE:SHARE', help='a checkpoint.pt, or a GGUF file made of one, and its share; what is left is of the run')
    a = p.parse_args()
    now = torch.load(f'{a.run}/checkpoint.pt', map_location='cpu')
    parts = [(weights(now), 1.)]
    for other in a.others:
        path, share = other.rsplit(':', 1)
        parts.append((weights_of(path), float(share)))
        parts[0] = parts[0][0], parts[0][1] - float(share)
    mixed = {k: sum(share * part[k] for part, share in parts) for k in parts[0][0]}
    write(a.out + '.tmp', now['config'], mixed, f'{a.run}/tokenizer.json')
    os.replace(a.out + '.tmp', a.out)


if __name__ == '__main__':
    main()
