import type { ApiKey } from '@billumy/protocol';
import { useState } from 'react';
import { useMe } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { DataTable, type Column } from '../../../components/data-table.tsx';
import { StateBadge } from '../../../components/state-badge.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { accountTexts } from '../../../texts/accounts.ts';
import { formatTime } from '../../../texts/formats.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';

export interface KeysTableProps {
  keys: readonly ApiKey[];
  onRevoke(key: ApiKey): void;
}

export function KeysTable({ keys, onRevoke }: KeysTableProps) {
  const { keys: texts, scopes } = useTexts(accountTexts);
  const { sections } = useTexts(operateTexts);
  const me = useMe();
  const locale = localeOf[useLanguage().language];
  const columns: readonly Column<ApiKey>[] = [
    { name: 'name', title: texts.name, render: ({ name, id }) => <KeyName name={name} id={id} /> },
    ...(me.scopes.includes('admin')
      ? [{ name: 'owner', title: texts.owner, render: (key: ApiKey) => key.username ?? key.user_id }]
      : []),
    { name: 'scopes', title: texts.scopes, render: (key) => key.scopes.map((scope) => scopes[scope]).join(', ') },
    { name: 'limits', title: texts.limits, render: (key) => <Limits apiKey={key} /> },
    { name: 'expires', title: texts.expires, render: ({ expires_at: at }) => <Expiry at={at} /> },
    {
      name: 'used',
      title: texts.lastUsed,
      render: ({ last_used_at: at }) => (at === null ? texts.neverUsed : formatTime(at, locale)),
    },
    {
      name: 'actions',
      title: texts.actions,
      kind: 'actions',
      render: (key) => (
        <Button aria-label={`${texts.revoke} ${key.name}`} onClick={() => onRevoke(key)}>
          {texts.revoke}
        </Button>
      ),
    },
  ];
  return <DataTable caption={sections.keys} columns={columns} rows={keys} keyOf={({ id }) => id} />;
}

function KeyName({ name, id }: { name: string; id: string }) {
  return (
    <>
      {name}
      <span className="quiet code key-id">bil_{id}_…</span>
    </>
  );
}

function Limits({ apiKey }: { apiKey: ApiKey }) {
  const texts = useTexts(accountTexts).keys;
  const locale = localeOf[useLanguage().language];
  const { collections, models, dialects, requests_per_minute: perMinute, tokens_per_day: perDay } = apiKey;
  const limits = [
    ...(collections === null ? [] : [`${texts.collections}: ${collections.join(', ')}`]),
    ...(models === null ? [] : [`${texts.models}: ${models.join(', ')}`]),
    ...(dialects === null ? [] : [`${texts.dialects}: ${dialects.join(', ')}`]),
    ...(perMinute === null ? [] : [texts.perMinuteShort(perMinute.toLocaleString(locale))]),
    ...(perDay === null ? [] : [texts.perDayShort(perDay.toLocaleString(locale))]),
  ];
  return <span className="quiet">{limits.length === 0 ? texts.noLimits : limits.join(' · ')}</span>;
}

function Expiry({ at }: { at: string | null }) {
  const texts = useTexts(accountTexts).keys;
  const locale = localeOf[useLanguage().language];
  const [now] = useState(() => new Date());
  if (at === null) return texts.never;
  if (new Date(at) <= now) return <StateBadge tone="bad">{texts.expired}</StateBadge>;
  return formatTime(at, locale);
}
