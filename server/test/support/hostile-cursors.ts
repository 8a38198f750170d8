const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Cursors that no list gives. */
export const hostileCursors = [
  'x',
  '%00',
  '💥',
  "' or 1=1 --",
  'bnVsbA',
  encode(null),
  encode({}),
  encode([]),
  encode([1]),
  encode(['1', 1]),
  encode([1, null]),
  encode([1, 'id', 'more']),
  encode([[1], ['id']]),
  encode({ 0: 1, 1: 'id', length: 2 }),
];
