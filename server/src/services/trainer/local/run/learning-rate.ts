import type { Hyperparameters } from '../../../../ports/trainer.ts';

/**
 * The rate of a step, the first of which is number 1: it rises in a straight line and then falls as half a cosine, to
 * nearly nothing at the last step. Source: Loshchilov and Hutter 2016, arXiv 1608.03983
 */
export function learningRate(
  step: number,
  { steps, learningRate: largest, warmUp }: Pick<Hyperparameters, 'learningRate' | 'warmUp'> & { steps: number },
): number {
  const rising = Math.ceil(steps * warmUp);
  if (step <= rising) return (largest * step) / rising;
  const fallen = (step - rising) / (steps - rising + 1);
  return (largest * (1 + Math.cos(Math.PI * fallen))) / 2;
}
