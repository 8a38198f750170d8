import { afterAll, describe, expect, it } from 'vitest';
import { closeDataEngine, openTables, tableOf } from '../../../support/data-session.ts';
import { brazilianTables } from '../../../support/brazilian-tables.ts';
import { profileOf } from '../../../support/profiles.ts';

afterAll(closeDataEngine);

describe('tables as they are written in Brazil', () => {
  it.each(brazilianTables)('$name: every column is what it is, or a warning says why not', async (table) => {
    await using session = await openTables([tableOf('dados', { format: 'csv', content: table.content })]);
    const { profile, warnings, codes } = await profileOf(session);
    const read = [...(session.tables[0]?.warnings ?? []), ...warnings];
    expect(profile.columns.map(({ name }) => name)).toEqual(Object.keys(table.columns));
    for (const { name, role, aggregation } of profile.columns) {
      const wanted = table.columns[name]!;
      const found = aggregation ?? role;
      const isWarned = read.some(({ column, code }) => column === name && code === 'mixed_types');
      // What could not be read as what it is must not be counted with.
      expect([name, isWarned && found !== wanted ? 'ignore' : wanted]).toEqual([name, found]);
    }
    for (const name of table.personal)
      expect([name, codes(name)]).toEqual([name, expect.arrayContaining(['personal_data'])]);
    const shown = profile.columns.filter(({ pii }) => pii).map(({ name }) => name);
    expect(shown.toSorted()).toEqual([...table.personal].toSorted());
  });

  it('are summed rightly wherever a measure was found', async () => {
    for (const table of brazilianTables) {
      await using session = await openTables([tableOf('dados', { format: 'csv', content: table.content })]);
      const { profile } = await profileOf(session);
      for (const { name } of profile.columns.filter(({ aggregation }) => aggregation === 'sum')) {
        const { rows } = await session.query(`SELECT CAST(sum("${name}") AS DOUBLE) FROM dados`);
        expect([table.name, name, Number(rows[0]?.[0])]).toEqual([table.name, name, table.sums[name]]);
      }
    }
  });
});
