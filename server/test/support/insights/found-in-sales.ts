import { investigate } from '../../../src/core/insights/detectors/detectors.ts';
import { profileTable } from '../../../src/core/insights/profile/profile-table.ts';
import { insightTypes, type Finding, type TableProfile } from '../../../src/models/insight.ts';
import { openRows } from '../data-session.ts';
import { salesCsv } from './sales-csv.ts';

/** What detectors say of a table of sales: a few large candidates of each kind of insight, and its profile. */
export async function foundInSales({ seed, rows }: { seed: number; rows: number }): Promise<{
  findings: readonly Finding[];
  tables: readonly TableProfile[];
}> {
  await using session = await openRows('vendas', salesRows(seed, rows));
  const [table] = session.tables;
  if (table === undefined) throw new Error('no table');
  const now = new Date('2025-07-10T12:00:00Z');
  const { profile, warnings } = await profileTable(session, { table, hints: [], now });
  const { candidates } = await investigate({
    session,
    table: profile,
    warnings,
    now,
    types: new Set(insightTypes),
    signal: new AbortController().signal,
  });
  const chosen = insightTypes.flatMap((type) =>
    candidates.filter((candidate) => candidate.type === type && candidate.isLarge).slice(0, 3),
  );
  const findings: Finding[] = [];
  for (const candidate of chosen) findings.push(await candidate.finding());
  return { findings, tables: [profile] };
}

/** The sales as JSON has them: what is told does not depend on how a file was written. */
function salesRows(seed: number, rows: number): Readonly<Record<string, unknown>>[] {
  const [header = '', ...lines] = salesCsv(seed, { rows }).csv.trim().split('\n');
  const names = header.split(';');
  return lines.map((line) => {
    const cells = line.split(';');
    const sale = Object.fromEntries(names.map((name, index) => [name, cells[index] ?? '']));
    const [day, month, year] = (sale['data'] ?? '').split('/');
    const revenue = Number((sale['receita'] ?? '').replaceAll('.', '').replace(',', '.'));
    return { ...sale, data: `${year}-${month}-${day}`, receita: revenue, quantidade: Number(sale['quantidade']) };
  });
}
