import type { ChartRenderer } from '../../ports/chart-renderer.ts';
export function openChartRenderer(): ChartRenderer {
  return { draw: async () => '<svg/>', [Symbol.asyncDispose]: async () => undefined };
}
