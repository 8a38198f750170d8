import type { Model } from '@billumy/protocol';
import { useState } from 'react';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/dialog.tsx';
import { ErrorNotice } from '../../../components/error-notice.tsx';
import { commonTexts } from '../../../texts/common.ts';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { useModelChange, type ModelChange } from './use-model-change.ts';

/** What can be done with a model as it is. */
export function ModelActions({ model }: { model: Model }) {
  const texts = useTexts(operateTexts).models;
  const common = useTexts(commonTexts);
  const [isRemoving, setRemoving] = useState(false);
  const { mutate, isPending, variables, error } = useModelChange();
  const { name, installed, configured, personas, loaded } = model;
  const isDownloading = model.download?.state === 'running';
  const button = (change: ModelChange, label: string) => (
    <Button disabled={isPending} onClick={() => mutate({ name, change })}>
      {label}
    </Button>
  );
  return (
    <>
      {error !== null && <ErrorNotice error={error} />}
      <div className="row-actions">
        {!installed && !isDownloading && (
          <Button icon="download" disabled={isPending} onClick={() => mutate({ name, change: 'download' })}>
            {texts.download}
          </Button>
        )}
        {isDownloading && button('cancel', texts.stop)}
        {installed &&
          loaded.length === 0 &&
          button('load', isPending && variables.change === 'load' ? texts.loading : texts.load)}
        {loaded.length > 0 && button('unload', texts.unload)}
        {installed && !configured && personas.length === 0 && (
          <Button icon="remove" disabled={isPending} onClick={() => setRemoving(true)}>
            {common.remove}
          </Button>
        )}
      </div>
      {isRemoving && (
        <ConfirmDialog
          title={texts.removeTitle}
          detail={texts.removeDetail(name)}
          action={common.remove}
          isBusy={isPending}
          onConfirm={() => mutate({ name, change: 'delete' }, { onSettled: () => setRemoving(false) })}
          onClose={() => setRemoving(false)}
        />
      )}
    </>
  );
}
