/** One event of a `text/event-stream`, as the WHATWG HTML standard defines it. */
export interface ServerEvent {
  event: string;
  data: string;
  id: string | null;
}

/** Reads events from the body of a reply; comments and heartbeats are dropped. Ends when the stream ends. */
export async function* readEvents(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
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

async function* readLines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const bytes of readChunks(body)) {
    rest += decoder.decode(bytes, { stream: true });
    const lines = rest.split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? '';
    yield* lines;
  }
}

/** Not every browser can iterate a stream itself. Whoever stops reading ends the request. */
async function* readChunks(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (let read = await reader.read(); !read.done; read = await reader.read()) yield read.value;
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}
