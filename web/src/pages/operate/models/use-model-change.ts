import { cancelDownload, deleteModel, downloadModel, loadModel, unloadModel, type Connection } from '@billumy/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { useToast } from '../../../components/toast.tsx';
import { operateTexts } from '../../../texts/operate.ts';
import { useTexts } from '../../../texts/translated.ts';
import { modelsKey } from '../operate-queries.ts';

export type ModelChange = 'download' | 'cancel' | 'load' | 'unload' | 'delete';

const changes: Readonly<Record<ModelChange, (connection: Connection, name: string) => Promise<unknown>>> = {
  download: downloadModel,
  cancel: cancelDownload,
  load: loadModel,
  unload: unloadModel,
  delete: deleteModel,
};

/** Does something with a model, and tells what was done. */
export function useModelChange() {
  const connection = useConnection();
  const client = useQueryClient();
  const texts = useTexts(operateTexts).models;
  const { show } = useToast();
  const done: Readonly<Record<ModelChange, (name: string) => string>> = {
    download: texts.started,
    cancel: texts.stopped,
    load: texts.isLoaded,
    unload: texts.isUnloaded,
    delete: texts.removed,
  };
  return useMutation({
    mutationFn: ({ name, change }: { name: string; change: ModelChange }) => changes[change](connection, name),
    onSuccess: async (_reply, { name, change }) => {
      show(done[change](name));
      await client.invalidateQueries({ queryKey: modelsKey });
    },
  });
}
