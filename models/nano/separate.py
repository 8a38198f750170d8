"""Pulls apart the embeddings of tokens that training hardly saw, in the checkpoint of a run.

Every output pushes such tokens the same way, until they lie in nearly one
direction and one is copied for another. Each is moved by a part of what sets a
well-trained variant of it (another case, accent or leading space) apart from
other tokens of its kind; one without such a variant, by chance. The common
direction, which keeps them from being said where nothing asks for them, remains.
"""
import argparse
import os
from collections import defaultdict

import torch
import torch.nn.functional as F

from batches import seen
from tokenizer import families, load
from world import worlds

NEAR = .8  # cosine to a token of another family
SELDOM = 20  # times seen in some hundred contexts
WELL_KNOWN = 20  # tokens of a kind, from which its mean is taken


def crowded(embed, groups, counts):
    """True for tokens seldom seen that lie beside a token of another family."""
    c = F.normalize(embed - embed.mean(0), dim=1)
    near = c @ c.T
    for ids in groups.values():
        for i in ids:
            near[i, ids] = -1
    return (near.max(1).values > NEAR) & (counts <= SELDOM)


def moves(embed, tk, counts, share, seed=1):
    """What to add to the embeddings, and which tokens move."""
    kinds = families(tk)
    groups, known = defaultdict(list), defaultdict(list)
    for i, (name, _) in enumerate(kinds):
        groups[name].append(i)
    close = crowded(embed, groups, counts)
    for i in (~close).nonzero().flatten().tolist():
        known[kinds[i][1]].append(i)
    mean = {kind: embed[ids].mean(0) for kind, ids in known.items() if len(ids) >= WELL_KNOWN}
    spread = .4 * embed[~close].std(0).norm()
    g = torch.Generator().manual_seed(seed)
    add = torch.zeros_like(embed)
    for i in close.nonzero().flatten().tolist():
        name, kind = kinds[i]
        variants = [j for j in groups[name] if not close[j] and kinds[j][1] in mean]
        if variants:
            j = min(variants, key=lambda j: sum(a != b for a, b in zip(kinds[j][1], kind)))
            add[i] = share * (embed[j] - mean[kinds[j][1]])
        else:
            chance = torch.randn(embed.shape[1], generator=g)
            chance[0] = 0  # the same for every token: see start.py
            add[i] = share * spread * F.normalize(chance, dim=0)
    return add, close


def main():
    p = argparse.ArgumentParser()
    p.add_argument('run', help='folder with checkpoint.pt and tokenizer.json; the checkpoint is replaced')
    p.add_argument('--share', type=float, default=.4, help='how much of the difference; all of it is too much, the tokens are then said everywhere')
    a = p.parse_args()
    path = f'{a.run}/checkpoint.pt'
    ck, tk = torch.load(path), load(f'{a.run}/tokenizer.json')
    found = seen(tk, worlds())
    embed = ck['model']['embed']
    add, close = moves(embed, tk, torch.tensor([found[i] for i in range(len(embed))]), a.share)
    for part in ('model', 'ema'):
        ck[part]['embed'] = ck[part]['embed'] + add
    for state in ck['optimizer']['adam']['state'].values():
        if state['exp_avg'].shape == embed.shape:
            state['exp_avg'][close] = 0
    torch.save(ck, path + '.tmp')
    os.replace(path + '.tmp', path)
    print(int(close.sum()), 'of', len(embed), 'embeddings moved')


if __name__ == '__main__':
    main()
