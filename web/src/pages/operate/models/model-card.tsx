import type { Model } from '@billumy/protocol';
import { useId } from 'react';
import { StateBadge } from '../../../components/state-badge.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { formatBytes } from '../../../texts/formats.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { DownloadProgress } from './download-progress.tsx';
import { ModelActions } from './model-actions.tsx';

/** A model: what it is for, where it is, and what can be done with it. */
export function ModelCard({ model }: { model: Model }) {
  const texts = useTexts(operateTexts).models;
  const { language } = useLanguage();
  const id = useId();
  const { name, kind, description, licence, bytes, personas, loaded, download } = model;
  const facts = [
    ...(bytes === null ? [] : [formatBytes(bytes, localeOf[language])]),
    ...(licence === '' ? [] : [texts.licence(licence)]),
    ...(personas.length === 0 ? [] : [texts.personas(personas.join(', '))]),
  ];
  return (
    <article className="panel model" aria-labelledby={id}>
      <div className="panel-head">
        <h3 id={id} className="code">
          {name}
        </h3>
        <span className="badge">{texts.kinds[kind]}</span>
      </div>
      <p>{description[language]}</p>
      <p className="quiet">{facts.join(' · ')}</p>
      <Badges model={model} />
      {loaded.map((instance) => (
        <Instance key={instance.adapter ?? ''} instance={instance} />
      ))}
      {download !== null && <DownloadProgress download={download} />}
      <ModelActions model={model} />
    </article>
  );
}

function Badges({ model: { configured, installed, loaded } }: { model: Model }) {
  const texts = useTexts(operateTexts).models;
  if (!configured && loaded.length === 0) return null;
  return (
    <div className="badges">
      {loaded.length > 0 && <StateBadge tone="good">{texts.loaded}</StateBadge>}
      {configured && <span className="badge">{texts.configured}</span>}
      {configured && !installed && <StateBadge tone="warning">{texts.missing}</StateBadge>}
    </div>
  );
}

function Instance({ instance }: { instance: Model['loaded'][number] }) {
  const texts = useTexts(operateTexts).models;
  const locale = localeOf[useLanguage().language];
  const { bytes, context_tokens: context, busy, waiting, expires_at: expires } = instance;
  const hour = new Intl.DateTimeFormat(locale, { timeStyle: 'short' });
  const facts = [
    ...(bytes === null ? [] : [texts.memory(formatBytes(bytes, locale))]),
    ...(context === null ? [] : [texts.context(context.toLocaleString(locale))]),
    texts.calls(busy, waiting),
    ...(expires === null ? [] : [texts.until(hour.format(new Date(expires)))]),
  ];
  return <p className="quiet">{facts.join(' · ')}</p>;
}
