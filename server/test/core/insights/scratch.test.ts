import { it } from 'vitest';
import { insightTypes } from '../../../src/models/insight.ts';
import { investigate, detectors } from '../../../src/core/insights/detectors/detectors.ts';
import { selectFindings } from '../../../src/core/insights/select-findings.ts';
import { openCsv } from '../../support/data-session.ts';
import { profileOf } from '../../support/profiles.ts';
import { salesCsv } from '../../support/insights/sales-csv.ts';

it('scratch', async () => {
  const { csv, truth } = salesCsv(1);
  const t0 = performance.now();
  await using session = await openCsv(
    'vendas',
    csv
      .split('\n')
      .map((l) => {
        const [d = '', a, b, c, e, v = '', q] = l.split(';');
        const [x, y, z] = d.split('/');
        return z === undefined
          ? l.replaceAll(';', ',')
          : [`${z}-${y}-${x}`, a, b, c, e, v.replaceAll('.', '').replace(',', '.'), q].join(',');
      })
      .join('\n'),
    {},
  );
  const t1 = performance.now();
  const { profile, warnings } = await profileOf(session);
  const t2 = performance.now();
  console.log(
    'open',
    t1 - t0,
    'profile',
    t2 - t1,
    JSON.stringify(profile.columns.map((c) => [c.name, c.type, c.role, c.aggregation, c.distinct])),
    profile.time,
    JSON.stringify(warnings),
  );
  let n = 0;
  let ms = 0;
  const counting = {
    query: async (sql: string) => {
      n++;
      const r = await session.query(sql).catch((e) => {
        console.log(sql, e);
        throw e;
      });
      ms += r.elapsedMs;
      return r;
    },
  };
  const inv = {
    session: counting,
    table: profile,
    warnings,
    now: new Date(),
    types: new Set(insightTypes),
    signal: new AbortController().signal,
  };
  for (const [name, detect] of Object.entries(detectors)) {
    const a = performance.now();
    const q0 = n;
    const c = await detect(inv);
    console.log(
      name,
      (performance.now() - a).toFixed(0),
      'ms',
      n - q0,
      'queries',
      c.length,
      'candidates',
      c.filter((x) => x.isLarge && (x.p ?? 0) < 0.001).length,
    );
  }
  const { candidates } = await investigate(inv);
  for (const c of candidates.filter((c) => c.type === 'change' && c.subject.measure === 'receita' && c.impact > 0.1))
    console.log('CHANGE', JSON.stringify(c.subject.filters), c.p, c.impact, c.strength, c.topics, c.isLarge);
  const { findings, rejected } = await selectFindings(candidates, { q: 0.05, maxInsights: 14 });
  for (const f of findings)
    console.log(
      f.type,
      JSON.stringify(f.subject),
      JSON.stringify(Object.fromEntries(Object.entries(f.facts).map(([k, v]) => [k, v.value]))),
      JSON.stringify(f.labels),
      JSON.stringify(f.score),
      JSON.stringify(f.caveats),
    );
  console.log(rejected, n, ms, performance.now() - t2);
  console.log(JSON.stringify(truth));
});
