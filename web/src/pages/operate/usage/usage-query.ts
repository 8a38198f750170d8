import { getUsage, type Connection, type UsageReply } from '@billumy/protocol';
import { queryOptions } from '@tanstack/react-query';

const pageSize = 100;
const mostPages = 20;

export interface Period {
  /** Days as `2026-11-30`, in UTC. */
  from: string;
  to: string;
}

export interface PeriodUsage extends Omit<UsageReply, 'next'> {
  /** Whether there are more entries than were read. */
  isCut: boolean;
}

const dayMs = 24 * 60 * 60 * 1000;
const usualDays = 30;

/** The last days, today among them. */
export function usualPeriod(now: Date): Period {
  return { from: dayOf(now.getTime() - (usualDays - 1) * dayMs), to: dayOf(now.getTime()) };
}

function dayOf(time: number): string {
  return new Date(time).toISOString().slice(0, 10);
}

/** What was used in a period, with as many of its entries as can be added up here. */
export const usageQuery = (connection: Connection, period: Period) =>
  queryOptions({
    queryKey: ['usage', period],
    queryFn: async (): Promise<PeriodUsage> => {
      let { next, ...usage } = await getUsage(connection, { ...period, limit: pageSize });
      for (let page = 1; next !== null && page < mostPages; page += 1) {
        const more = await getUsage(connection, { ...period, limit: pageSize, after: next });
        usage = { ...usage, items: [...usage.items, ...more.items] };
        next = more.next;
      }
      return { ...usage, isCut: next !== null };
    },
  });
