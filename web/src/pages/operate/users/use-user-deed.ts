import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Connection } from '@billumy/protocol';
import { useConnection } from '../../../api/session-context.tsx';
import { useToast } from '../../../components/toast.tsx';
import { usersKey } from '../operate-queries.ts';

export interface UserDeedOptions<Variables> {
  run(connection: Connection, variables: Variables): Promise<unknown>;
  /** What is told when it is done. */
  done: string | ((variables: Variables) => string);
  onDone(): void;
}

/** Does something to the users, tells so, and shows them as they are then. */
export function useUserDeed<Variables>({ run, done, onDone }: UserDeedOptions<Variables>) {
  const connection = useConnection();
  const client = useQueryClient();
  const { show } = useToast();
  return useMutation({
    mutationFn: (variables: Variables) => run(connection, variables),
    onSuccess: async (_reply, variables) => {
      show(typeof done === 'string' ? done : done(variables));
      onDone();
      await client.invalidateQueries({ queryKey: usersKey });
    },
  });
}
