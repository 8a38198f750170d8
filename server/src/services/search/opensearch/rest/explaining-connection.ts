import type { IncomingMessage } from 'node:http';
import { Connection } from '@opensearch-project/opensearch';

type Request = Parameters<Connection['request']>[0];
type Answer = (error: Error | null, response: IncomingMessage | null) => void;

/** A connection whose errors carry what the network said as their cause: the client keeps only the text of it. */
export class ExplainingConnection extends Connection {
  override request(request: Request, answer: Answer): ReturnType<Connection['request']> {
    let reason: Error | undefined;
    const sent = super.request(request, (error, response) => {
      if (error !== null && reason !== undefined) error.cause = reason;
      // The client prints what goes wrong after the beginning of a reply; the reply itself ends with an error as well.
      if (response !== null) sent.removeAllListeners('error').on('error', () => {});
      answer(error, response);
    });
    sent.prependListener('error', (error) => (reason = error));
    return sent;
  }
}
