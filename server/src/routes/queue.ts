import { queueReplySchema, type QueueReply } from '@billumy/protocol';
import type { ModelLine, Queue } from '../core/queue/queue.ts';
import type { App } from './route.ts';

/** `GET /queue`: who waits for which model. */
export function queueRoutes(queue: Queue): (app: App) => void {
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
      async (request) => ({ models: (await queue.show(request.principal)).map(toBody) }),
    );
  };
}

function toBody({ calls, ...line }: ModelLine): QueueReply['models'][number] {
  return {
    ...line,
    calls: calls.map(({ place, callerId, isOwn, priority, waitedMs }) => ({
      place,
      caller: callerId,
      own: isOwn,
      priority,
      waited_ms: Math.round(waitedMs),
    })),
  };
}
