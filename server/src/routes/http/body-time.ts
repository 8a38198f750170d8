import type { IncomingMessage } from 'node:http';
import { Socket } from 'node:net';
import { answerClientError } from './client-error.ts';
import type { App } from './route.ts';

export interface BodyTimeOptions {
  /** In which a body must have come whole. */
  wholeMs?: number;
  /** In which the body of a request must have come whole whose sender nobody knows yet: a name and a password. */
  publicMs?: number;
  /** In which something must come, of a body that may take long. */
  stalledMs?: number;
}

/** Long enough for a large document over a slow line; who dawdles holds a socket, no thread. */
const usualWholeMs = 120_000;
const usualPublicMs = 10_000;
const usualStalledMs = 60_000;

/**
 * Hangs up on who takes too long to send a body. Node's `requestTimeout` is one for all routes: the files of models,
 * which routes with `config.takesLong` take, may come for hours, as long as something comes.
 */
export function boundBodyTime(
  app: App,
  { wholeMs = usualWholeMs, publicMs = usualPublicMs, stalledMs = usualStalledMs }: BodyTimeOptions = {},
): void {
  app.addHook('onRequest', ({ raw, routeOptions }, _reply, done) => {
    // There is nobody to hang up on when a request is handed to the application without a connection.
    if (raw.complete || !(raw.socket instanceof Socket)) return done();
    if (routeOptions.config.takesLong === true) boundStall(raw, stalledMs);
    else boundWhole(raw, routeOptions.config.access === 'public' ? publicMs : wholeMs);
    done();
  });
}

function boundWhole(raw: IncomingMessage, milliseconds: number): void {
  const timer = setTimeout(() => hangUp(raw), milliseconds).unref();
  whenOver(raw, () => clearTimeout(timer));
}

function boundStall(raw: IncomingMessage, milliseconds: number): void {
  let came = raw.socket.bytesRead;
  const timer = setInterval(() => {
    if (raw.socket.bytesRead === came) hangUp(raw);
    came = raw.socket.bytesRead;
  }, milliseconds).unref();
  whenOver(raw, () => clearInterval(timer));
}

function whenOver(raw: IncomingMessage, stop: () => void): void {
  raw.once('end', stop);
  raw.once('close', stop);
}

function hangUp({ socket }: IncomingMessage): void {
  answerClientError(Object.assign(new Error('the body took too long'), { code: 'ERR_HTTP_REQUEST_TIMEOUT' }), socket);
}
