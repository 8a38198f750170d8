import type { FileHandle } from 'node:fs/promises';
import { inEnglish, told, type Told } from '../../errors/told.ts';

const chunkBytes = 2 ** 18;
const longestText = 2 ** 20;

/** A GGUF file is not as it has to be; the message says why, as of `it`. */
export class MalformedGguf extends Error {
  override readonly name = 'MalformedGguf';
  /** A part of a sentence: what is wrong with the file. */
  readonly reason: Told;

  constructor(reason: Told) {
    super(inEnglish(reason));
    this.reason = reason;
  }
}

/**
 * Reads a file from its beginning on. What is read must have been filled before: so that going through half a million
 * short texts does not wait half a million times.
 */
export class GgufCursor {
  readonly #file: FileHandle;
  #chunk = Buffer.alloc(0);
  #used = 0;
  /** Where in the file the chunk ends. */
  #position = 0;

  constructor(file: FileHandle) {
    this.#file = file;
  }

  /** Makes so many bytes readable; resolves at once, without being awaited twice, when they are. */
  async fill(bytes: number): Promise<void> {
    while (!this.has(bytes)) {
      const next = Buffer.allocUnsafe(Math.max(chunkBytes, bytes));
      const { bytesRead } = await this.#file.read(next, 0, next.length, this.#position);
      if (bytesRead === 0) throw new MalformedGguf(told`it ends too early`);
      this.#position += bytesRead;
      this.#chunk = Buffer.concat([this.#chunk.subarray(this.#used), next.subarray(0, bytesRead)]);
      this.#used = 0;
    }
  }

  /** Where in the file it stands. */
  get offset(): number {
    return this.#position - (this.#chunk.length - this.#used);
  }

  has(bytes: number): boolean {
    return this.#chunk.length - this.#used >= bytes;
  }

  /** Valid until the next `fill`. */
  take(bytes: number): DataView {
    const view = new DataView(this.#chunk.buffer, this.#chunk.byteOffset + this.#used, bytes);
    this.#used += bytes;
    return view;
  }

  /** Goes on without reading, beyond the end of the file if need be: `offset` tells. */
  skip(bytes: number): void {
    const buffered = Math.min(bytes, this.#chunk.length - this.#used);
    this.#used += buffered;
    this.#position += bytes - buffered;
  }

  async uint32(): Promise<number> {
    if (!this.has(4)) await this.fill(4);
    return this.take(4).getUint32(0, true);
  }

  /** Beyond 2^53 inexact: such numbers are no sizes. */
  async uint64(): Promise<number> {
    if (!this.has(8)) await this.fill(8);
    return this.takeUint64();
  }

  takeUint64(): number {
    return Number(this.take(8).getBigUint64(0, true));
  }

  /** Takes the length of a text, which is bounded before it is believed. */
  takeTextLength(): number {
    const length = this.takeUint64();
    if (length > longestText) throw new MalformedGguf(told`a text is too long`);
    return length;
  }

  async text(): Promise<string> {
    if (!this.has(8)) await this.fill(8);
    const length = this.takeTextLength();
    if (!this.has(length)) await this.fill(length);
    return this.takeText(length);
  }

  takeText(bytes: number): string {
    const { buffer, byteOffset, byteLength } = this.take(bytes);
    return Buffer.from(buffer, byteOffset, byteLength).toString('utf8');
  }
}
