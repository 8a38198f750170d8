import type { Readiness } from '@billumy/protocol';
import { ProgressBar } from '../../../components/progress-bar.tsx';
import { localeOf, useLanguage } from '../../../preferences/language.tsx';
import { formatBytes, formatDuration } from '../../../texts/formats.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';

export type Download = Readiness['downloads'][number];

/** How far a download is, or why it failed. */
export function DownloadProgress({ download }: { download: Download }) {
  const texts = useTexts(operateTexts).models;
  const locale = localeOf[useLanguage().language];
  const { model, state, bytes_done: done, bytes_total: total, bytes_per_second: speed, seconds_left: left } = download;
  if (state === 'failed') {
    return (
      <p className="field-error">
        {texts.failed} {download.error !== null && <span lang="en">{download.error}</span>}
      </p>
    );
  }
  const size = texts.progress(formatBytes(done, locale), total === null ? null : formatBytes(total, locale));
  const words = [
    size,
    ...(speed > 0 ? [texts.speed(formatBytes(speed, locale))] : []),
    ...(left === null ? [] : [texts.left(formatDuration(left, locale))]),
  ];
  return (
    <ProgressBar label={`${texts.download} ${model}`} share={total === null || total === 0 ? null : done / total}>
      {words.join(' · ')}
    </ProgressBar>
  );
}
