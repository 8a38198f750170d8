import { expect } from 'vitest';
import type { ChartRenderer } from '../../src/ports/chart-renderer.ts';
import { defineContract, type Deviation } from '../support/define-contract.ts';

export interface ChartRendererHarness {
  open(): Promise<ChartRenderer> | ChartRenderer;
  deviations?: readonly Deviation[];
}

type Specification = Readonly<Record<string, unknown>>;

const bars: Specification = {
  $schema: 'https://vega.github.io/schema/vega-lite/v6.json',
  title: 'Receita <script>alert(1)</script> & "mês"',
  width: 300,
  data: {
    values: [
      { mes: 'jan', receita: 10, url: 'http://example.com/x.png' },
      { mes: 'fev', receita: 20, url: 'javascript:alert(1)' },
    ],
  },
  mark: 'bar',
  encoding: { x: { field: 'mes', type: 'nominal', sort: null }, y: { field: 'receita', type: 'quantitative' } },
};

/** What must not be drawn, each by what is wrong with it. */
const refused: Readonly<Record<string, Specification>> = {
  'data from a server': { ...bars, data: { url: 'http://127.0.0.1:9/x.json' } },
  'data from a file': { ...bars, data: { url: 'file:///etc/passwd', format: { type: 'csv' } } },
  'data from elsewhere for a lookup': {
    ...bars,
    transform: [{ lookup: 'mes', from: { data: { url: '/etc/passwd' }, key: 'x', fields: ['y'] } }],
  },
  'images as marks': { ...bars, mark: 'image' },
  'images as marks in a layer': { layer: [bars, { ...bars, mark: { type: 'image' } }] },
  'addresses of images': { ...bars, encoding: { url: { field: 'url' } } },
  links: { ...bars, encoding: { x: { field: 'mes' }, href: { field: 'url' } } },
  'an expression': { ...bars, title: { text: { expr: "'a'" } } },
  'an expression for labels': { ...bars, encoding: { x: { field: 'mes', axis: { labelExpr: 'datum.value' } } } },
  'a computed column': { ...bars, transform: [{ calculate: 'datum.receita * 2', as: 'dobro' }] },
  'a filter that is a program': { ...bars, transform: [{ filter: 'datum.receita > 1' }] },
  parameters: { ...bars, params: [{ name: 'x', value: 1 }] },
  'an unknown mark': { ...bars, mark: 'nonsense' },
  'nothing in it': {},
  'pixels without number': { ...bars, width: 1_000_000 },
  'a specification that is too deep': nested(200),
};

function nested(depth: number): Specification {
  return depth === 0 ? bars : { layer: [nested(depth - 1)] };
}

const never = new AbortController().signal;

export const chartRendererContract = defineContract<ChartRendererHarness>('chart renderer', (contract, { open }) => {
  contract('draws a specification that holds its data', async () => {
    await using renderer = await open();
    const svg = await renderer.draw(bars, { signal: never });
    expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/);
    expect(svg).toContain('jan');
    expect(svg).toContain('fev');
  });

  contract('draws the same each time', async () => {
    await using renderer = await open();
    const [first, second] = await Promise.all([bars, bars].map((bar) => renderer.draw(bar, { signal: never })));
    expect(first).toBe(second);
  });

  contract('writes texts as texts, and none of the data as a link', async () => {
    await using renderer = await open();
    const svg = await renderer.draw(bars, { signal: never });
    expect(svg).toContain('&lt;script&gt;');
    expect(svg).not.toMatch(/<script|<image|href=|javascript:|foreignObject|\son[a-z]+=/i);
  });

  for (const [what, specification] of Object.entries(refused)) {
    contract(`refuses ${what}`, async () => {
      await using renderer = await open();
      await expect(renderer.draw(specification, { signal: never })).rejects.toMatchObject({ code: 'invalid_request' });
    });
  }

  contract('stops when the signal is aborted, and draws the next chart', async () => {
    await using renderer = await open();
    const controller = new AbortController();
    const reason = new Error('the client left');
    const drawing = renderer.draw(bars, { signal: controller.signal });
    controller.abort(reason);
    await expect(drawing).rejects.toBe(reason);
    expect(await renderer.draw(bars, { signal: never })).toContain('<svg');
  });

  contract('may be closed twice, and draws nothing afterwards', async () => {
    const renderer = await open();
    await renderer[Symbol.asyncDispose]();
    await renderer[Symbol.asyncDispose]();
    await expect(renderer.draw(bars, { signal: never })).rejects.toMatchObject({ code: 'shutting_down' });
  });
});
