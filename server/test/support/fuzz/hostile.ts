import fc from 'fast-check';

const deep = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`;

/** Texts that break programs: for any field, path or query. */
export const hostileText = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    '\udfff\ud800',
    '\u202e\u2066',
    '\u{e0041}',
    '../../etc/passwd',
    '..\\..\\windows',
    '%00',
    '%ff',
    '%',
    "'; drop table users; --",
    '" or ""="',
    '*',
    'NEAR(',
    '__proto__',
    'constructor',
    'null',
    '{{7*7}}',
    '<script>alert(1)</script>',
    'a'.repeat(5_000),
    'ﷺ'.repeat(1_000),
    '1e400',
    '-0',
    'NaN',
  ),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** Any JSON value but the right one. */
export const wrongValue = fc.oneof(
  fc.constantFrom(null, true, -1, 0, 1.5, 2 ** 53 + 1, -1e308, [], {}, [null], { $gt: '' }),
  hostileText,
  fc.jsonValue({ maxDepth: 3 }),
);

export interface HostileBody {
  contentType: string | undefined;
  bytes: Buffer;
}

const json = (text: string | Buffer): HostileBody => ({ contentType: 'application/json', bytes: Buffer.from(text) });

/** Bodies that are not what they say, or are built to hurt. */
export const hostileBody: fc.Arbitrary<HostileBody> = fc.oneof(
  fc.constantFrom(
    json(''),
    json('{'),
    json('null'),
    json('[]'),
    json('"'),
    json('{"a":1,}'),
    json('\uFEFF{}'),
    json(Buffer.from([0xff, 0xfe, 0x7b, 0x7d])),
    json(Buffer.from([0x7b, 0x22, 0xc3, 0x28, 0x22, 0x3a, 0x31, 0x7d])),
    json('{"__proto__":{"admin":true}}'),
    json('{"constructor":{"prototype":{"admin":true}}}'),
    json('{"a":1e400}'),
    json('{"a":"\\ud800"}'),
    json('{"a":"\\u0000"}'),
    json('{"a":1,"a":2}'),
    json(deep(65)),
    json(deep(100_000)),
    json(`[${'0,'.repeat(50_000)}0]`),
    json(`{"a":"${'x'.repeat(300_000)}"}`),
    json(`{${Array.from({ length: 2_000 }, (_, index) => `"k${index}":${index}`).join()}}`),
    { contentType: 'application/json; charset=utf-7', bytes: Buffer.from('+AHs-+AH0-') },
    { contentType: 'text/plain', bytes: Buffer.from('{}') },
    {
      contentType: 'application/xml',
      bytes: Buffer.from('<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'),
    },
    { contentType: 'application/x-www-form-urlencoded', bytes: Buffer.from('a=%ff&a=1&__proto__[b]=1') },
    { contentType: 'multipart/form-data', bytes: Buffer.from('--x\r\n\r\n--x--') },
    {
      contentType: 'multipart/form-data; boundary=x',
      bytes: Buffer.from('--x\r\nContent-Disposition: form-data; name="__proto__"\r\n\r\n1\r\n--x--\r\n'),
    },
    {
      contentType: 'multipart/form-data; boundary=x',
      bytes: Buffer.from(
        '--x\r\nContent-Disposition: form-data; name="file"; filename="../../a.pdf"\r\n\r\n%PDF-1.7 nothing\r\n',
      ),
    },
    {
      contentType: 'multipart/form-data; boundary=x',
      bytes: Buffer.from(
        '--x\r\nContent-Disposition: form-data; name="file"; filename="a.docx"\r\nContent-Type: text/html\r\n\r\nPK\x03\x04\r\n--x--\r\n',
      ),
    },
    { contentType: 'application/octet-stream', bytes: Buffer.alloc(1_000, 0xff) },
    { contentType: undefined, bytes: Buffer.from('{}') },
    { contentType: 'nonsense', bytes: Buffer.from('{}') },
  ),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => json(Buffer.from(bytes))),
  fc.json({ maxDepth: 5 }).map(json),
);
