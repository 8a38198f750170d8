/** One event of a `text/event-stream`, as the WHATWG HTML standard defines it. */
export interface ServerEvent {
  event: string;
  data: string;
  id: string | null;
}

/** Reads events from the body of a reply; comments and heartbeats are dropped. Ends when the stream ends. */
export async function* readEvents(body: AsyncIterable<Uint8Array>): AsyncGenerator<ServerEvent> {
  let pending: { event: string; data: string[]; id: string | null } = { event: 'message', data: [], id: null };
  for await (const line of readLines(body)) {
    if (line === '') {
      if (pending.data.length > 0) yield { event: pending.event, data: pending.data.join('\n'), id: pending.id };
      pending = { event: 'message', data: [], id: pending.id };
      continue;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'event') pending.event = value;
    else if (field === 'data') pending.data.push(value);
    else if (field === 'id') pending.id = value;
  }
}

async function* readLines(body: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of body) {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
}
