import { getReadiness, type Readiness } from '@billumy/protocol';
import { useQuery } from '@tanstack/react-query';
import { useConnection } from '../../api/session-context.tsx';
import { Icon } from '../../components/icon.tsx';
import { localeOf, useLanguage } from '../../preferences/language.tsx';
import { askTexts } from '../../texts/ask.ts';
import { formatDuration, formatPercent } from '../../texts/formats.ts';
import { useTexts } from '../../texts/translated.ts';

const whileDownloadingMs = 2_000;
const otherwiseMs = 60_000;

/** The models that are on their way to this machine, and how far they are. */
export function ModelNotice() {
  const connection = useConnection();
  const readiness = useQuery({
    queryKey: ['readiness'],
    queryFn: ({ signal }) => getReadiness(connection, { signal }),
    refetchInterval: ({ state }) => (state.data?.downloads.length ? whileDownloadingMs : otherwiseMs),
  });
  return readiness.data?.downloads.map((download) => <Download key={download.model} download={download} />);
}

function Download({ download }: { download: Readiness['downloads'][number] }) {
  const texts = useTexts(askTexts).waiting;
  const locale = localeOf[useLanguage().language];
  const { model, state, bytes_done: done, bytes_total: total, seconds_left: left } = download;
  const share = total === null || total === 0 ? null : done / total;
  return (
    <div className="notice model-notice" role="status">
      <Icon name="download" />
      <div className="notice-body">
        <p>
          {state === 'running' ? texts.downloading(model) : texts.downloadFailed(model)} {texts.meanwhile}
        </p>
        {state === 'running' && share !== null && (
          <p className="model-progress">
            <progress value={share} max={1} aria-label={texts.downloading(model)} />
            {texts.progress(formatPercent(share, locale), left === null ? null : formatDuration(left, locale))}
          </p>
        )}
      </div>
    </div>
  );
}
