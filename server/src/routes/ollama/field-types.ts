import { z } from 'zod';
import type { Thinking } from '../../models/language-model.ts';
import { findBase64Fault } from './go/base64.ts';
import { keptMs, parseDuration } from './go/duration.ts';
import { quote } from './go/quote.ts';
import { goList, mismatch, type GoType } from './go/types.ts';

/** Milliseconds of a `keep_alive`: seconds as a number, or a duration of Go; Infinity for what is for ever. */
export const keepAliveType: GoType<number> = {
  zero: 0,
  schema: z.union([z.number(), z.string()]),
  decode(value) {
    if (typeof value !== 'number' && typeof value !== 'string') {
      throw new TypeError(`Unsupported type: '${goTypeOf(value)}'`);
    }
    return keptMs(typeof value === 'number' ? value * 1000 : parseDuration(value));
  },
};

function goTypeOf(value: unknown): string {
  if (typeof value === 'boolean') return 'bool';
  return Array.isArray(value) ? '[]interface {}' : 'map[string]interface {}';
}

const levels = ['high', 'medium', 'low', 'max'] as const;

export const thinkType: GoType<Thinking> = {
  zero: false,
  schema: z.union([z.boolean(), z.enum(levels)]),
  decode(value) {
    const permitted = `${levels.map((level) => `"${level}"`).join(', ')}, true, or false`;
    if (typeof value === 'boolean') return value;
    if (typeof value !== 'string') throw new TypeError(`think must be a boolean or string (${permitted})`);
    const level = levels.find((candidate) => candidate === value);
    if (level === undefined) throw new TypeError(`invalid think value: ${quote(value)} (must be ${permitted})`);
    return level;
  },
};

const imageType: GoType<string> = {
  zero: '',
  schema: z.string(),
  decode(value, field) {
    if (typeof value !== 'string') throw mismatch(value, { field, type: 'api.ImageData' });
    const fault = findBase64Fault(value);
    if (fault !== undefined) throw new TypeError(`illegal base64 data at input byte ${fault}`);
    return value.replaceAll(/[\r\n]/g, '');
  },
};

/** Pictures, base64. */
export const imagesType = goList(imageType, '[]api.ImageData');
