"""Mixes the averaged weights of two points of one training into a GGUF file.

What a late step on harder data unlearned is partly there in the earlier
checkpoint; between the two, the weights answer better than either.
"""
import argparse
import os

import torch

from export import from_gguf, weights, write


def weights_of(path):
    return from_gguf(path)[0].state_dict() if path.endswith('.gguf') else weights(torch.load(path, map_location='cpu'))


def main():
    p = argparse.ArgumentParser()
    p.add_argument('earlier', help='a checkpoint.pt, or a GGUF file made of one')
    p.add_argument('run', help='folder with the later checkpoint.pt, and tokenizer.json')
    p.add_argument('out')
    p.add_argument('--share', type=float, default=.65, help='of the later one')
    a = p.parse_args()
    now = torch.load(f'{a.run}/checkpoint.pt', map_location='cpu')
    old, new = weights_of(a.earlier), weights(now)
    write(a.out + '.tmp', now['config'], {k: old[k].lerp(new[k], a.share) for k in new}, f'{a.run}/tokenizer.json')
    os.replace(a.out + '.tmp', a.out)


if __name__ == '__main__':
    main()
