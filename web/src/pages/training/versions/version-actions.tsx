import { deleteVersion, downloadVersion, publishJob, rollBack, type TrainingVersion } from '@billumy/protocol';
import { useState } from 'react';
import { saveBlob } from '../../../browser/save-file.ts';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/dialog.tsx';
import { commonTexts } from '../../../texts/common.ts';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { PublishDialog } from './publish-dialog.tsx';
import { useVersionDeed } from './use-version-deed.ts';

/** Publish or go back, export, delete. */
export function VersionActions({ version }: { version: TrainingVersion }) {
  const texts = useTexts(trainingTexts).versions;
  const [asked, setAsked] = useState<'publish' | 'rollback' | 'remove' | null>(null);
  const close = (): void => setAsked(null);
  const publish = useVersionDeed<string | undefined>({
    run: (connection, reason) => publishJob(connection, { id: version.job, reason }),
    done: texts.published,
    onSettled: close,
  });
  const needsReason = !version.gate.accepted && version.override === null;
  return (
    <>
      {version.in_force ? (
        <Button icon="retry" onClick={() => setAsked('rollback')}>
          {texts.rollback}
        </Button>
      ) : (
        <Button
          variant={needsReason ? 'secondary' : 'primary'}
          disabled={publish.isPending}
          onClick={() => (needsReason ? setAsked('publish') : publish.mutate(undefined))}
        >
          {needsReason ? texts.publishAnyway : texts.publish}
        </Button>
      )}
      <ExportButton version={version} form="adapter" />
      <ExportButton version={version} form="merged" />
      {!version.in_force && <RemoveButton onAsk={() => setAsked('remove')} />}
      {asked === 'publish' && <PublishDialog isBusy={publish.isPending} onPublish={publish.mutate} onClose={close} />}
      {asked === 'rollback' && <RollbackDialog version={version} onClose={close} />}
      {asked === 'remove' && <RemoveDialog version={version} onClose={close} />}
    </>
  );
}

function RemoveButton({ onAsk }: { onAsk(): void }) {
  const common = useTexts(commonTexts);
  return (
    <Button icon="remove" onClick={onAsk}>
      {common.remove}
    </Button>
  );
}

/** The weights that were learned, or for programs that load no adapters the whole model with them. */
function ExportButton({ version: { id }, form }: { version: TrainingVersion; form: 'adapter' | 'merged' }) {
  const texts = useTexts(trainingTexts).versions;
  const label = { adapter: texts.export, merged: texts.exportMerged };
  const name = { adapter: `${id}.gguf`, merged: `${id}-merged.gguf` };
  const { mutate, isPending } = useVersionDeed<void>({
    run: async (connection) => saveBlob(name[form], await downloadVersion(connection, { id, form })),
  });
  return (
    <Button icon="download" disabled={isPending} onClick={() => mutate()}>
      {isPending ? texts.exporting : label[form]}
    </Button>
  );
}

interface VersionDialogProps {
  version: TrainingVersion;
  onClose(): void;
}

function RollbackDialog({ version, onClose }: VersionDialogProps) {
  const texts = useTexts(trainingTexts).versions;
  const { mutate, isPending } = useVersionDeed<void>({
    run: (connection) => rollBack(connection, version.base_model),
    done: texts.rolledBack,
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      title={texts.rollbackTitle}
      detail={texts.rollbackDetail}
      action={texts.rollback}
      isBusy={isPending}
      onConfirm={() => mutate()}
      onClose={onClose}
    />
  );
}

function RemoveDialog({ version, onClose }: VersionDialogProps) {
  const texts = useTexts(trainingTexts).versions;
  const common = useTexts(commonTexts);
  const { mutate, isPending } = useVersionDeed<void>({
    run: (connection) => deleteVersion(connection, version.id),
    done: texts.removed,
    onSettled: onClose,
  });
  return (
    <ConfirmDialog
      title={texts.removeTitle}
      detail={texts.removeDetail}
      action={common.remove}
      isBusy={isPending}
      onConfirm={() => mutate()}
      onClose={onClose}
    />
  );
}
