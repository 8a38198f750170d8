import { EventEmitter, once } from 'node:events';
import { afterAll, describe, expect, it } from 'vitest';
import type { Engine } from '../../src/ports/engine.ts';
import { closeAskApps, openAskApp, question, send } from '../support/ask-app.ts';
import { scriptedModel } from '../support/ask-setup.ts';

afterAll(closeAskApps);

/** A model that writes two words and then thinks until it is stopped. */
function endlessModel(events: EventEmitter): Engine {
  return {
    ...scriptedModel(() => []),
    async *generate(_request, { signal }) {
      yield { type: 'text-delta', delta: 'Para Manaus, ' };
      events.emit('started');
      await once(signal, 'abort');
      events.emit('stopped', signal.reason);
      throw signal.reason;
    },
  };
}

describe('a client that leaves', () => {
  it.each([true, false])('frees the engine, and nothing is remembered (streamed: %s)', async (stream) => {
    const events = new EventEmitter();
    const app = await openAskApp({ engine: endlessModel(events) });
    const address = await app.listen({ host: '127.0.0.1', port: 0 });
    const client = new AbortController();
    const started = once(events, 'started');
    const stopped = once(events, 'stopped');
    const reply = fetch(`${address}/ask/question`, {
      method: 'POST',
      headers: { authorization: 'Bearer ana', 'content-type': 'application/json' },
      body: JSON.stringify({ question, stream }),
      signal: client.signal,
    }).then((response) => response.text());
    const failure = reply.catch((error: unknown) => error);
    await started;
    client.abort();
    expect(await failure).toMatchObject({ name: 'AbortError' });
    expect(await stopped).toMatchObject([{ name: 'AbortError' }]);
    expect((await send(app, 'GET', ['/conversations'])).json()).toEqual({ items: [], next: null });
  });
});
