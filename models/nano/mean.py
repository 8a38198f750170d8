"""Sets the weights of trainings that run side by side to their mean, to go on from there; each keeps its optimizer."""
import argparse
import os

import torch

from export import weights


def main():
    p = argparse.ArgumentParser()
    p.add_argument('runs', nargs='+', help='folders with a checkpoint.pt')
    a = p.parse_args()
    points = [torch.load(f'{run}/checkpoint.pt') for run in a.runs]
    mean = {k: sum(weights(point)[k] for point in points) / len(points) for k in points[0]['ema']}
    for run, point in zip(a.runs, points):
        point['model'].update(mean)
        point['ema'] = {k: x.clone() for k, x in mean.items()}
        torch.save(point, f'{run}/checkpoint.pt.tmp')
        os.replace(f'{run}/checkpoint.pt.tmp', f'{run}/checkpoint.pt')


if __name__ == '__main__':
    main()
