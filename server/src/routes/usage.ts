import { usageQuery, usageReplySchema, type UsageEntry as UsageEntryBody } from '@billumy/protocol';
import { dayOf, type Usage } from '../core/usage/usage.ts';
import type { AccountNames } from '../core/auth/account-names.ts';
import { AppError } from '../errors/app-error.ts';
import { told } from '../errors/told.ts';
import type { UsageEntry } from '../models/usage.ts';
import type { App } from './http/route.ts';

const usualDays = 30;
const dayMs = 24 * 60 * 60 * 1000;

export interface UsageRoutesPorts {
  usage: Pick<Usage, 'report'>;
  names: AccountNames;
  now: () => Date;
}

/** `GET /usage`: requests and tokens by day, key and model. */
export function usageRoutes({ usage, names, now }: UsageRoutesPorts): (app: App) => void {
  return (app) => {
    app.get(
      '/usage',
      {
        config: { access: 'signed-in' },
        schema: {
          tags: ['usage'],
          summary: 'Requests and tokens by day, key and model',
          description: 'A key sees its own, an account its own with those of its keys, an administrator everybody’s.',
          querystring: usageQuery,
          response: { 200: usageReplySchema },
        },
      },
      async (request) => {
        const { limit, after = null, user_id: userId, to = dayOf(now()) } = request.query;
        const { from = dayOf(new Date(Date.parse(to) - usualDays * dayMs)) } = request.query;
        if (from > to) {
          throw new AppError('invalid_request', { issues: [{ path: 'from', message: told`must not be after "to"` }] });
        }
        const { total, entries } = await usage.report(request.principal, { from, to, userId }, { limit, after });
        const named = await names.of(entries.items.flatMap(({ userId: id, keyId }) => [id, keyId]));
        const items = entries.items.map((entry) => toBody(entry, named));
        return { from, to, total: toCounts(total), items, next: entries.next };
      },
    );
  };
}

function toBody(
  { day, userId, keyId, model, ...counts }: UsageEntry,
  names: ReadonlyMap<string | null, string>,
): UsageEntryBody {
  return {
    day,
    user_id: userId,
    username: names.get(userId) ?? null,
    key_id: keyId,
    key_name: names.get(keyId) ?? null,
    model,
    ...toCounts(counts),
  };
}

function toCounts({
  requests,
  promptTokens,
  cachedTokens,
  completionTokens,
}: Pick<UsageEntry, 'requests' | 'promptTokens' | 'cachedTokens' | 'completionTokens'>) {
  return {
    requests,
    prompt_tokens: promptTokens,
    cached_tokens: cachedTokens,
    completion_tokens: completionTokens,
  };
}
