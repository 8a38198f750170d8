import type { Job } from '@billumy/protocol';

export interface LossPoint {
  step: number;
  loss: number;
  /** Of the last epoch that ended before; null before the first has. */
  validationLoss: number | null;
}

const mostPoints = 600;

/** The points with what the job tells now; a job that was taken up again writes over what it lost. */
export function withPoint(points: readonly LossPoint[], { progress }: Pick<Job, 'progress'>): readonly LossPoint[] {
  const { done, training } = progress;
  if (training === null || training.loss === null) return points;
  const point = { step: done, loss: training.loss, validationLoss: training.validation_loss };
  return thinned([...points.filter(({ step }) => step < done), point]);
}

/** Every second one, but always the last, when there are more than a curve can show. */
function thinned(points: readonly LossPoint[]): readonly LossPoint[] {
  if (points.length <= mostPoints) return points;
  return points.filter((_point, index) => index % 2 === 0 || index === points.length - 1);
}

/** The validation losses, each where it was first told. */
export function validationPoints(points: readonly LossPoint[]): { step: number; loss: number }[] {
  return points.flatMap(({ step, validationLoss }, index) => {
    const isNew = validationLoss !== null && validationLoss !== points[index - 1]?.validationLoss;
    return isNew ? [{ step, loss: validationLoss }] : [];
  });
}

/** How much of a smoothed loss is what came before. */
const momentum = 0.8;

/**
 * The training losses without most of their ups and downs, which come of steps having different examples: a moving
 * average that forgets by `momentum`, corrected for its beginning (Kingma and Ba, 2015, section 3).
 */
export function smoothedLosses(points: readonly LossPoint[]): { step: number; loss: number }[] {
  let average = 0;
  return points.map(({ step, loss }, index) => {
    average = momentum * average + (1 - momentum) * loss;
    return { step, loss: average / (1 - momentum ** (index + 1)) };
  });
}
