const [lineFeed, carriageReturn] = [0x0a, 0x0d];

type LineEnd = 'lf' | 'crlf' | 'cr';

/** Finds out whether lines of a text end in more than one way, which the engine does not read. */
export interface LineEndSurvey {
  /** The next bytes. */
  look(chunk: Buffer): void;
  areMixed(): boolean;
}

export function createLineEndSurvey(): LineEndSurvey {
  const kinds = new Set<LineEnd>();
  let endsInReturn = false;

  return {
    look(chunk) {
      let place = 0;
      if (endsInReturn && chunk.length > 0) {
        const isPair = chunk[0] === lineFeed;
        kinds.add(isPair ? 'crlf' : 'cr');
        place = isPair ? 1 : 0;
      }
      endsInReturn = chunk.at(-1) === carriageReturn;
      if (!chunk.includes(carriageReturn, place)) {
        if (chunk.includes(lineFeed, place)) kinds.add('lf');
        return;
      }
      while (kinds.size < 2) {
        place = nextEnd(chunk, place);
        if (place < 0) return;
        const kind = kindAt(chunk, place);
        if (kind !== null) kinds.add(kind);
        place += kind === 'crlf' ? 2 : 1;
      }
    },
    areMixed: () => kinds.size > 1 || (endsInReturn && kinds.size === 1 && !kinds.has('cr')),
  };
}

/** The kind of the line end at a place; null: it goes on in the next chunk. */
function kindAt(chunk: Buffer, place: number): LineEnd | null {
  if (chunk[place] === lineFeed) return 'lf';
  if (place + 1 === chunk.length) return null;
  return chunk[place + 1] === lineFeed ? 'crlf' : 'cr';
}

function nextEnd(chunk: Buffer, from: number): number {
  const feed = chunk.indexOf(lineFeed, from);
  const before = feed < 0 ? chunk.subarray(from) : chunk.subarray(from, feed);
  const carriage = before.indexOf(carriageReturn);
  return carriage < 0 ? feed : from + carriage;
}

/** The same text with lines that all end in the same way. */
export async function* withOneLineEnd(texts: AsyncIterable<string>): AsyncGenerator<string> {
  let held = '';
  for await (const text of texts) {
    const all = held + text;
    held = all.endsWith('\r') ? '\r' : '';
    yield all.slice(0, all.length - held.length).replaceAll(/\r\n?/g, '\n');
  }
  if (held !== '') yield '\n';
}
