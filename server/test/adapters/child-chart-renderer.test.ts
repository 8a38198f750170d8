import { expect, it } from 'vitest';
import { openChildChartRenderer } from '../../src/services/chart/child-chart-renderer.ts';
import { chartRendererContract } from '../contracts/chart-renderer-contract.ts';

chartRendererContract('child process', { open: () => openChildChartRenderer() });

it('gives up a chart at its deadline, and draws the next one', async () => {
  await using renderer = openChildChartRenderer({ deadlineSeconds: 5 });
  const point = { mark: 'point', encoding: { x: { field: 'x', type: 'quantitative' } } };
  const values = Array.from({ length: 40_000 }, (_, x) => ({ x }));
  const many = { data: { values }, hconcat: Array.from({ length: 60 }, () => point) };
  const signal = new AbortController().signal;
  await expect(renderer.draw(many, { signal })).rejects.toMatchObject({ code: 'timeout' });
  expect(await renderer.draw({ data: { values: [{ x: 1 }] }, ...point }, { signal })).toContain('<svg');
});
