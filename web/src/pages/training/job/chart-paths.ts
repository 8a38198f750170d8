export interface ChartPoint {
  step: number;
  loss: number;
}

/** What of the steps and losses the chart shows. */
export interface ChartRange {
  firstStep: number;
  lastStep: number;
  /** The top of the chart; its bottom is 0, so that a fall looks as large as it is. */
  highest: number;
}

/** The chart is drawn on a square of this size and stretched. */
export const chartSize = 100;

export function rangeOf(points: readonly ChartPoint[]): ChartRange {
  const steps = points.map(({ step }) => step);
  return {
    firstStep: Math.min(...steps),
    lastStep: Math.max(...steps),
    highest: roundedUp(Math.max(...points.map(({ loss }) => loss))),
  };
}

/** To the next 1, 2 or 5 of a power of ten. */
function roundedUp(value: number): number {
  if (value <= 0 || !Number.isFinite(value)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((factor) => factor * power >= value) ?? 10) * power;
}

/** A line through the points, as the `d` of a path. */
export function linePath(points: readonly ChartPoint[], range: ChartRange): string {
  return points.map((point, index) => `${index === 0 ? 'M' : 'L'}${placeOf(point, range)}`).join('');
}

/** A dot at each point: a line without length, which its round ends make a dot however the chart is stretched. */
export function dotsPath(points: readonly ChartPoint[], range: ChartRange): string {
  return points.map((point) => `M${placeOf(point, range)}h0.001`).join('');
}

function placeOf({ step, loss }: ChartPoint, { firstStep, lastStep, highest }: ChartRange): string {
  const across = lastStep === firstStep ? 0 : ((step - firstStep) / (lastStep - firstStep)) * chartSize;
  const down = chartSize - (Math.min(loss, highest) / highest) * chartSize;
  return `${across.toFixed(2)} ${down.toFixed(2)}`;
}
