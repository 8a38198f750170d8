import type { Connection } from '@billumy/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { namedModelsKey } from '../../../api/named-models-query.ts';
import { useConnection } from '../../../api/session-context.tsx';
import { useToast } from '../../../components/toast.tsx';
import { modelsKey, personasKey } from '../operate-queries.ts';

export interface PersonaDeedOptions<Variables> {
  run(connection: Connection, variables: Variables): Promise<unknown>;
  /** What is told when it is done. */
  done: string;
  onDone(): void;
}

/** Does something to the personas, tells so, and shows them as they are then wherever they are named. */
export function usePersonaDeed<Variables>({ run, done, onDone }: PersonaDeedOptions<Variables>) {
  const connection = useConnection();
  const client = useQueryClient();
  const { show } = useToast();
  return useMutation({
    mutationFn: (variables: Variables) => run(connection, variables),
    onSuccess: async () => {
      show(done);
      onDone();
      await Promise.all(
        [personasKey, namedModelsKey, modelsKey].map((queryKey) => client.invalidateQueries({ queryKey })),
      );
    },
  });
}
