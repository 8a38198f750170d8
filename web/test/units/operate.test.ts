import type { UsageEntry } from '@billumy/protocol';
import { describe, expect, it } from 'vitest';
import { emptyDraft, toNewApiKey } from '../../src/pages/operate/keys/key-draft.ts';
import { namesIn } from '../../src/pages/operate/names-in.ts';
import { usualPeriod } from '../../src/pages/operate/usage/usage-query.ts';
import { usageRows } from '../../src/pages/operate/usage/usage-rows.ts';
import { generatePassword } from '../../src/pages/operate/users/generate-password.ts';

const entry = (changed: Partial<UsageEntry>): UsageEntry => ({
  day: '2026-11-30',
  user_id: 'usr_1',
  username: 'bia',
  key_id: null,
  key_name: null,
  model: 'nano',
  requests: 1,
  prompt_tokens: 10,
  cached_tokens: 4,
  completion_tokens: 2,
  ...changed,
});

describe('usage', () => {
  it('is added up by day, newest first', () => {
    const rows = usageRows([entry({}), entry({ model: 'other' }), entry({ day: '2026-12-01' })], 'day');
    expect(rows.map(({ key, requests, read, cached, written }) => [key, requests, read, cached, written])).toEqual([
      ['2026-12-01', 1, 10, 4, 2],
      ['2026-11-30', 2, 20, 8, 4],
    ]);
  });

  it('keeps a key apart from its account, whoever used more first', () => {
    const rows = usageRows([entry({}), entry({ key_id: 'k1', prompt_tokens: 90 })], 'account');
    expect(rows.map(({ sample }) => sample.key_id)).toEqual(['k1', null]);
  });

  it('is of thirty days, today among them', () => {
    expect(usualPeriod(new Date('2026-11-30T23:59:00Z'))).toEqual({ from: '2026-11-01', to: '2026-11-30' });
  });
});

describe('a new key', () => {
  it('has no limits where none were written, and ends when it should', () => {
    const now = new Date('2026-11-30T12:00:00Z');
    const draft = { ...emptyDraft('usr_1'), name: ' site ', days: 7, requestsPerMinute: '30' };
    expect(toNewApiKey(draft, now)).toEqual({
      name: 'site',
      user_id: 'usr_1',
      scopes: ['ask'],
      collections: null,
      models: null,
      dialects: null,
      requests_per_minute: 30,
      tokens_per_day: null,
      expires_at: '2026-12-07T12:00:00.000Z',
    });
    expect(toNewApiKey({ ...draft, days: null }, now).expires_at).toBeNull();
  });
});

describe('names that somebody lists', () => {
  it('are parted by commas, each once', () => {
    expect(namesIn(' vendas, compras ,,vendas')).toEqual(['vendas', 'compras']);
    expect(namesIn('')).toEqual([]);
  });
});

describe('a generated password', () => {
  it('is long, readable, and another each time', () => {
    const passwords = Array.from({ length: 50 }, generatePassword);
    for (const password of passwords) expect(password).toMatch(/^(?:[a-hjkmnp-z2-9]{5}-){3}[a-hjkmnp-z2-9]{5}$/);
    expect(new Set(passwords).size).toBe(50);
  });
});
