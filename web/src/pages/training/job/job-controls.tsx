import { cancelJob, pauseJob, resumeJob, type Connection, type Job } from '@billumy/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useConnection } from '../../../api/session-context.tsx';
import { Button } from '../../../components/button.tsx';
import { ConfirmDialog } from '../../../components/dialog.tsx';
import { useToast } from '../../../components/toast.tsx';
import { trainingTexts } from '../../../texts/training.ts';
import { useTexts } from '../../../texts/translated.ts';
import { trainingsKey } from '../training-queries.ts';

type JobChange = 'pause' | 'resume' | 'cancel';
const changes: Readonly<Record<JobChange, (connection: Connection, id: string) => Promise<Job>>> = {
  pause: pauseJob,
  resume: resumeJob,
  cancel: cancelJob,
};

/** Pause, go on, cancel. What comes of it is told by whoever watches the job. */
export function JobControls({ job }: { job: Job }) {
  const texts = useTexts(trainingTexts).job;
  const connection = useConnection();
  const client = useQueryClient();
  const { showError } = useToast();
  const [isCancelling, setCancelling] = useState(false);
  const { mutate, isPending } = useMutation({
    mutationFn: (change: JobChange) => changes[change](connection, job.id),
    onSuccess: () => client.invalidateQueries({ queryKey: trainingsKey }),
    onError: showError,
  });
  return (
    <>
      {job.status === 'paused' ? (
        <Button variant="primary" disabled={isPending} onClick={() => mutate('resume')}>
          {texts.resume}
        </Button>
      ) : (
        <Button disabled={isPending} onClick={() => mutate('pause')}>
          {texts.pause}
        </Button>
      )}
      <Button icon="stop" disabled={isPending} onClick={() => setCancelling(true)}>
        {texts.cancel}
      </Button>
      {isCancelling && (
        <ConfirmDialog
          title={texts.cancelTitle}
          detail={texts.cancelDetail}
          action={texts.cancel}
          isBusy={isPending}
          onConfirm={() => mutate('cancel', { onSettled: () => setCancelling(false) })}
          onClose={() => setCancelling(false)}
        />
      )}
    </>
  );
}
