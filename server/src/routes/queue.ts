import { queueReplySchema, type QueueReply } from '@billumy/protocol';
import type { AccountNames } from '../core/auth/account-names.ts';
import type { ModelLine, Queue } from '../core/queue/queue.ts';
import type { App } from './http/route.ts';

/** `GET /queue`: who waits for which model. */
export function queueRoutes({ queue, names }: { queue: Queue; names: AccountNames }): (app: App) => void {
  return (app) => {
    app.get(
      '/queue',
      {
        config: { access: 'signed-in' },
        schema: {
          tags: ['queue'],
          summary: 'Calls that run and wait, by model',
          description:
            'Needs the scope "ask" or "admin". Totals of all; of single calls your own, an administrator everybody’s.',
          response: { 200: queueReplySchema },
        },
      },
      async (request) => {
        const lines = await queue.show(request.principal);
        const named = await names.of(lines.flatMap(({ calls }) => calls.map(({ callerId }) => callerId)));
        return { models: lines.map((line) => toBody(line, named)) };
      },
    );
  };
}

function toBody(
  { calls, ...line }: ModelLine,
  names: ReadonlyMap<string | null, string>,
): QueueReply['models'][number] {
  return {
    ...line,
    calls: calls.map(({ place, callerId, isOwn, priority, waitedMs }) => ({
      place,
      caller: callerId,
      caller_name: names.get(callerId) ?? null,
      own: isOwn,
      priority,
      waited_ms: Math.round(waitedMs),
    })),
  };
}
