import type { Connection } from '@billumy/protocol';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useConnection } from '../../../api/session-context.tsx';
import { useToast } from '../../../components/toast.tsx';
import { versionsKey } from '../training-queries.ts';

export interface VersionDeedOptions<Variables> {
  run(connection: Connection, variables: Variables): Promise<unknown>;
  /** What is told when it is done; absent: what it does is seen. */
  done?: string;
  /** When it is done, or has failed. */
  onSettled?(): void;
}

/** Does something with a version, tells of it, and shows all versions as they are then. */
export function useVersionDeed<Variables>({ run, done, onSettled }: VersionDeedOptions<Variables>) {
  const connection = useConnection();
  const client = useQueryClient();
  const { show, showError } = useToast();
  return useMutation({
    mutationFn: (variables: Variables) => run(connection, variables),
    onSuccess: async () => {
      if (done !== undefined) show(done);
      await client.invalidateQueries({ queryKey: versionsKey });
    },
    onError: showError,
    onSettled: () => onSettled?.(),
  });
}
