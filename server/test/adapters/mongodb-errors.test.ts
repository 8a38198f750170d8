import { MongoCompatibilityError, MongoError, MongoNetworkError, MongoServerError } from 'mongodb';
import { expect, it } from 'vitest';
import { AppError } from '../../src/errors/app-error.ts';
import { toAppError } from '../../src/db/mongodb/errors.ts';

const fromServer = (code: number): MongoServerError =>
  new MongoServerError({ code, message: 'of mongodb://ana:geheim@host' });

it.each([
  [fromServer(11_000), 'already_exists', undefined],
  [fromServer(14_031), 'disk_full', 'MongoDB has not enough free disk space.'],
  [
    fromServer(13),
    'part_unavailable',
    'MongoDB forbids this to the user in MONGO_URL: it needs the role readWrite on the database.',
  ],
  [fromServer(10_107), 'part_unavailable', 'MongoDB takes no writes now: it has no primary, or is stopping.'],
  [fromServer(371), 'part_unavailable', 'MongoDB is read-only now: allow writes again.'],
  [fromServer(2), 'storage_failed', undefined],
  [
    new MongoNetworkError('closed'),
    'part_unavailable',
    'MongoDB cannot be reached: check that it runs, and the address in MONGO_URL.',
  ],
  [
    Object.assign(new Error('write ECONNRESET'), { code: 'ECONNRESET' }),
    'part_unavailable',
    'MongoDB cannot be reached: check that it runs, and the address in MONGO_URL.',
  ],
  [
    new MongoNetworkError('self-signed', { cause: Object.assign(new Error(), { code: 'SELF_SIGNED_CERT_IN_CHAIN' }) }),
    'part_unavailable',
    'The TLS certificate of MongoDB is not trusted: name its authority with tlsCAFile in MONGO_URL.',
  ],
  [
    new MongoCompatibilityError('reports wire version 6'),
    'part_unavailable',
    'This version of MongoDB is not supported: 4.4 or later is needed.',
  ],
  [new MongoError('something new'), 'storage_failed', undefined],
])('says what %s means, and nothing of the address', (error, code, detail) => {
  const translated = toAppError(error);
  expect(translated).toMatchObject({ code, detail, cause: error });
  expect((translated as AppError).message).not.toContain('geheim');
});

it('leaves what is not of the driver as it is', () => {
  const errors = [new TypeError('of ours'), new AppError('not_found')];
  expect(errors.map(toAppError)).toEqual(errors);
});
