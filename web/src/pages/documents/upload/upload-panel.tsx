import { describeError } from '../../../api/describe-error.ts';
import { Button, IconButton } from '../../../components/button.tsx';
import { Icon, type IconName } from '../../../components/icon.tsx';
import { documentTexts } from '../../../texts/documents.ts';
import { problemTexts } from '../../../texts/problems.ts';
import { useTexts } from '../../../texts/translated.ts';
import { hasEnded, type Upload, type Uploads, type UploadState } from './uploads.ts';
import { useUploads } from './use-uploads.ts';

const icons: Readonly<Record<UploadState['type'], IconName>> = {
  waiting: 'more',
  sending: 'upload',
  reading: 'eye',
  ready: 'check',
  failed: 'warning',
  cancelled: 'close',
};

/** What is being added, file by file. */
export function UploadPanel() {
  const { uploads, items } = useUploads();
  const texts = useTexts(documentTexts).upload;
  if (items.length === 0) return null;
  const ended = items.filter(({ state }) => hasEnded(state)).length;
  const failed = items.filter(({ state }) => state.type === 'failed').length;
  return (
    <section className="panel uploads" aria-label={texts.title}>
      <div className="panel-head">
        <h2>{texts.title}</h2>
        <p role="status">{texts.progress({ ended, total: items.length, failed })}</p>
        {ended > 0 && (
          <Button variant="plain" onClick={() => uploads.clearEnded()}>
            {texts.clear}
          </Button>
        )}
      </div>
      <progress max={items.length} value={ended} aria-label={texts.title} />
      <ul className="upload-list">
        {items.map((item) => (
          <UploadItem key={item.id} item={item} uploads={uploads} />
        ))}
      </ul>
    </section>
  );
}

function UploadItem({ item, uploads }: { item: Upload; uploads: Uploads }) {
  const texts = useTexts(documentTexts).upload;
  const { id, path, state } = item;
  const reason = useReason(state);
  return (
    <li className={`upload ${state.type}`}>
      <Icon name={icons[state.type]} />
      <span className="upload-name">{path}</span>
      <span className="upload-state">{texts.states[state.type]}</span>
      {state.type === 'failed' || state.type === 'cancelled' ? (
        <IconButton icon="retry" label={texts.retry(path)} onClick={() => uploads.retry(id)} />
      ) : (
        !hasEnded(state) && <IconButton icon="close" label={texts.cancel(path)} onClick={() => uploads.cancel(id)} />
      )}
      {reason !== null && <p className="upload-reason">{reason}</p>}
    </li>
  );
}

/** Why a file was not added, and what a person can do. */
function useReason(state: UploadState): string | null {
  const problems = useTexts(problemTexts);
  if (state.type !== 'failed') return null;
  if (state.problem === null) return describeError(state.error, problems).message;
  const codes: Readonly<Record<string, string>> = problems.codes;
  return codes[state.problem.code] ?? problems.unexplained;
}
