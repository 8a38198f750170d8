import { told } from '../../errors/told.ts';
import type { MetadataValue } from '../../models/model-description.ts';
import { type GgufCursor, MalformedGguf } from './gguf-cursor.ts';

interface ScalarType {
  bytes: number;
  read(view: DataView): number | boolean;
}

const scalarTypes: Readonly<Record<number, ScalarType>> = {
  0: { bytes: 1, read: (view) => view.getUint8(0) },
  1: { bytes: 1, read: (view) => view.getInt8(0) },
  2: { bytes: 2, read: (view) => view.getUint16(0, true) },
  3: { bytes: 2, read: (view) => view.getInt16(0, true) },
  4: { bytes: 4, read: (view) => view.getUint32(0, true) },
  5: { bytes: 4, read: (view) => view.getInt32(0, true) },
  6: { bytes: 4, read: (view) => view.getFloat32(0, true) },
  7: { bytes: 1, read: (view) => view.getUint8(0) !== 0 },
  10: { bytes: 8, read: (view) => Number(view.getBigUint64(0, true)) },
  11: { bytes: 8, read: (view) => Number(view.getBigInt64(0, true)) },
  12: { bytes: 8, read: (view) => view.getFloat64(0, true) },
};
const textType = 8;
const arrayType = 9;

/** Values of all arrays of a file together; vocabularies have some hundred thousand. */
const mostElements = 4_000_000;
const mostKeptText = 2 ** 26;

export interface ArrayRule {
  /** Whether an array is kept; else it counts as empty. */
  keeps(length: number): boolean;
  /** Sees the texts of every array. */
  sees?(text: string): void;
}

/** Reads values one after the other; hostile files are refused before they cost much. */
export class GgufValues {
  readonly #cursor: GgufCursor;
  readonly #rule: ArrayRule;
  #elements = 0;
  #keptText = 0;

  constructor(cursor: GgufCursor, rule: ArrayRule) {
    this.#cursor = cursor;
    this.#rule = rule;
  }

  async next(): Promise<MetadataValue> {
    const type = await this.#cursor.uint32();
    if (type === textType) return this.#cursor.text();
    if (type === arrayType) return this.#array();
    return this.#scalar(scalarOf(type));
  }

  async #scalar({ bytes, read }: ScalarType): Promise<number | boolean> {
    if (!this.#cursor.has(bytes)) await this.#cursor.fill(bytes);
    return read(this.#cursor.take(bytes));
  }

  async #array(): Promise<MetadataValue> {
    const type = await this.#cursor.uint32();
    const length = await this.#cursor.uint64();
    this.#elements += length;
    if (this.#elements > mostElements) throw new MalformedGguf(told`its arrays are too long`);
    const isKept = this.#rule.keeps(length);
    if (type === textType) return this.#texts(length, isKept);
    const scalar = scalarOf(type);
    if (!isKept) {
      this.#cursor.skip(length * scalar.bytes);
      return [];
    }
    const values: (number | boolean)[] = [];
    for (let index = 0; index < length; index++) values.push(await this.#scalar(scalar));
    return values;
  }

  async #texts(length: number, isKept: boolean): Promise<string[]> {
    const kept: string[] = [];
    const cursor = this.#cursor;
    for (let index = 0; index < length; index++) {
      if (!cursor.has(8)) await cursor.fill(8);
      const bytes = cursor.takeTextLength();
      if (!cursor.has(bytes)) await cursor.fill(bytes);
      const text = cursor.takeText(bytes);
      this.#rule.sees?.(text);
      if (!isKept) continue;
      this.#keptText += bytes;
      if (this.#keptText > mostKeptText) throw new MalformedGguf(told`its texts are too long`);
      kept.push(text);
    }
    return kept;
  }
}

function scalarOf(type: number): ScalarType {
  const scalar = scalarTypes[type];
  if (scalar === undefined) throw new MalformedGguf(told`a value is of an unknown type`);
  return scalar;
}
