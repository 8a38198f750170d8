import { afterAll, describe, expect, it } from 'vitest';
import { closeDataEngine, openRows } from '../../../support/data-session.ts';
import { daysFrom, profileOf } from '../../../support/profiles.ts';

afterAll(closeDataEngine);

const dated = (days: readonly string[]) => days.map((data, index) => ({ data, receita: 100 + (index % 7) }));
const isWeekday = (day: string) => ![0, 6].includes(new Date(day).getUTCDay());

describe('the axis of time', () => {
  it('is in months for two years of days, without the month that has only begun', async () => {
    await using session = await openRows('vendas', dated(daysFrom('2024-01-01', 537)));
    const { profile, codes } = await profileOf(session);
    expect(profile.time).toMatchObject({
      column: 'data',
      grain: 'month',
      current: '2025-05-01',
      previous: '2025-04-01',
      partial: { period: '2025-06-01', days: 20, of: 30 },
    });
    expect(profile.time?.periods).toHaveLength(17);
    expect(codes('data')).toEqual(['partial_period']);
  });

  it('is in weeks for a quarter, and in days for a month', async () => {
    await using quarter = await openRows('vendas', dated(daysFrom('2025-01-01', 90)));
    const weeks = (await profileOf(quarter)).profile.time;
    expect(weeks).toMatchObject({
      grain: 'week',
      current: '2025-03-24',
      partial: { period: '2025-03-31', days: 1, of: 7 },
    });
    expect(weeks?.periods[0]).toBe('2025-01-06');
    await using month = await openRows('vendas', dated(daysFrom('2025-01-01', 30)));
    expect((await profileOf(month)).profile.time).toMatchObject({ grain: 'day', current: '2025-01-30', partial: null });
  });

  it('takes a month as whole when only days without business are missing', async () => {
    const days = daysFrom('2024-01-01', 366 + 151).filter(isWeekday);
    await using session = await openRows('vendas', dated(days));
    // The last day is Friday, 30 May.
    expect((await profileOf(session)).profile.time).toMatchObject({ current: '2025-05-01', partial: null });
    await using shorter = await openRows('vendas', dated(days.slice(0, -2)));
    expect((await profileOf(shorter)).profile.time).toMatchObject({
      current: '2025-04-01',
      partial: { days: 28, of: 31 },
    });
  });

  it('is in months for a table that has one day of each month, all of them whole', async () => {
    const months = Array.from(
      { length: 15 },
      (_, index) => `${2024 + Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`,
    );
    await using session = await openRows('vendas', dated(months));
    const { profile, codes } = await profileOf(session);
    expect(profile.time).toMatchObject({ grain: 'month', current: '2025-03-01', partial: null });
    expect(profile.time?.periods).toEqual(months);
    expect(codes('data')).toEqual([]);
  });

  it('keeps periods without rows, and says so', async () => {
    const days = daysFrom('2024-01-01', 366 + 365).filter((day) => !day.startsWith('2024-08'));
    await using session = await openRows('vendas', dated(days));
    const { profile, warnings } = await profileOf(session);
    expect(profile.time?.periods).toContain('2024-08-01');
    expect(warnings).toContainEqual({ code: 'gap', table: 'vendas', column: 'data', count: 1 });
  });

  it('leaves out days to come, and takes the period of today as not over', async () => {
    const now = new Date('2025-06-30T12:00:00Z');
    await using session = await openRows('vendas', dated([...daysFrom('2024-01-01', 547), '2031-01-01', '2099-12-31']));
    const { profile, warnings } = await profileOf(session, { now });
    expect(profile.time).toMatchObject({ current: '2025-05-01', partial: { period: '2025-06-01', days: 30, of: 30 } });
    expect(warnings).toContainEqual({ code: 'future_date', table: 'vendas', column: 'data', count: 2 });
  });

  it('has at most 400 periods', async () => {
    await using session = await openRows('vendas', dated(daysFrom('2020-01-01', 900)));
    const { profile } = await profileOf(session, { period: { grain: 'day' } });
    expect(profile.time?.periods).toHaveLength(400);
    expect(profile.time?.current).toBe('2022-06-18');
  });

  it('compares the periods that are asked for', async () => {
    await using session = await openRows('vendas', dated(daysFrom('2024-01-01', 366 + 200)));
    const axis = async (period: object) => (await profileOf(session, { period })).profile.time;
    expect(await axis({ current: '2025-03' })).toMatchObject({
      grain: 'month',
      current: '2025-03-01',
      previous: '2025-02-01',
    });
    expect(await axis({ current: '2025-03', compare: 'year_ago' })).toMatchObject({ previous: '2024-03-01' });
    expect(await axis({ current: '2025-Q2' })).toMatchObject({
      grain: 'quarter',
      current: '2025-04-01',
      previous: '2025-01-01',
    });
    expect(await axis({ current: '2024-01', compare: 'year_ago' })).toMatchObject({
      current: '2024-01-01',
      previous: null,
    });
    expect(await axis({ current: '2025-07' })).toMatchObject({ current: '2025-07-01', previous: '2025-06-01' });
    expect(await axis({ current: '1999' })).toMatchObject({ grain: 'year', current: null, previous: null });
  });

  it.each([
    { current: 'junho' },
    { current: '2025', grain: 'month' as const },
    { column: 'receita' },
    { column: 'nada' },
  ])('refuses the period %o', async (period) => {
    await using session = await openRows('vendas', dated(daysFrom('2025-01-01', 40)));
    await expect(profileOf(session, { period })).rejects.toMatchObject({ code: 'invalid_request' });
  });
});
