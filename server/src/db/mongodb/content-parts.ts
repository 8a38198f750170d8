import { Binary } from 'mongodb';

/** A record of MongoDB has at most 16 MB; what may be larger goes into several. */
const partBytes = 8 * 1024 * 1024;

/** At least one part. */
export function splitContent(content: Uint8Array): [Binary, ...Binary[]] {
  const [first = new Binary(), ...rest] = Array.from(
    { length: Math.ceil(content.length / partBytes) },
    (_, index) => new Binary(content.subarray(index * partBytes, (index + 1) * partBytes)),
  );
  return [first, ...rest];
}

/** What comes, in pieces of the size of a part; the last one is smaller. */
export async function* partsOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<Binary> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for await (const piece of content) {
    held.push(piece);
    heldBytes += piece.byteLength;
    if (heldBytes < partBytes) continue;
    const whole = Buffer.concat(held);
    const end = whole.length - (whole.length % partBytes);
    for (let start = 0; start < end; start += partBytes) yield new Binary(whole.subarray(start, start + partBytes));
    held = [whole.subarray(end)];
    heldBytes = whole.length - end;
  }
  if (heldBytes > 0) yield new Binary(Buffer.concat(held));
}
