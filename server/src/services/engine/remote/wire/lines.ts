import { malformed } from './trouble.ts';

export interface StreamLimits {
  /** Characters of one line. */
  line: number;
  /** Bytes of all lines together. */
  total: number;
}

/**
 * The lines of a body, without their ends, as many at once as came together: each step of a generator costs as much as
 * reading a line does. A body that goes beyond a limit is given up.
 */
export async function* readLines(body: AsyncIterable<Uint8Array>, limits: StreamLimits): AsyncGenerator<string[]> {
  const decoder = new TextDecoder();
  let rest = '';
  let total = 0;
  for await (const bytes of body) {
    total += bytes.byteLength;
    if (total > limits.total) throw malformed(new Error('the stream is too long'));
    const lines = (rest + decoder.decode(bytes, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > limits.line) throw malformed(new Error('a line is too long'));
    if (lines.some((line) => line.length > limits.line)) throw malformed(new Error('a line is too long'));
    if (lines.length > 0) yield lines.map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line));
  }
  rest += decoder.decode();
  if (rest !== '') yield [rest];
}

/** The data of server-sent events, one string per event. Comments, which keep the connection open, are left out. */
export async function* readEvents(
  lines: AsyncIterable<readonly string[]>,
  limits: StreamLimits,
): AsyncGenerator<string[]> {
  let data: string[] = [];
  let length = 0;
  for await (const some of lines) {
    const events: string[] = [];
    for (const line of some) {
      if (line === '') {
        if (data.length > 0) events.push(data.join('\n'));
        data = [];
        length = 0;
      } else if (line.startsWith('data:')) {
        const value = line.slice(line[5] === ' ' ? 6 : 5);
        length += value.length;
        if (length > limits.line) throw malformed(new Error('an event is too long'));
        data.push(value);
      }
    }
    if (events.length > 0) yield events;
  }
  if (data.length > 0) yield [data.join('\n')];
}
