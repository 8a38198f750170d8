import {
  BSON,
  MongoClientClosedError,
  MongoCompatibilityError,
  MongoError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoParseError,
  MongoServerClosedError,
  MongoServerError,
  MongoServerSelectionError,
  MongoStalePrimaryError,
  MongoSystemError,
  MongoTopologyClosedError,
  MongoUnexpectedServerResponseError,
  type ServerDescription,
} from 'mongodb';
import { AppError } from '../../errors/app-error.ts';
import type { ToldTrouble } from '../../errors/part-troubles.ts';

export const retryAfterSeconds = 5;

const unreachable: ToldTrouble = {
  trouble: 'mongodb_unreachable',
  detail: 'MongoDB cannot be reached: check that it runs, and the address in MONGO_URL.',
};
const tooSlow: ToldTrouble = {
  trouble: 'mongodb_slow',
  detail: 'MongoDB does not answer in time: check how it does, and the network to it.',
};
const wrongPassword: ToldTrouble = {
  trouble: 'mongodb_wrong_password',
  detail: 'MongoDB refuses the user or the password in MONGO_URL.',
};
const noPermission: ToldTrouble = {
  trouble: 'mongodb_not_permitted',
  detail: 'MongoDB forbids this to the user in MONGO_URL: it needs the role readWrite on the database.',
};
const noPrimary: ToldTrouble = {
  trouble: 'mongodb_no_primary',
  detail: 'MongoDB takes no writes now: it has no primary, or is stopping.',
};
const notMajority: ToldTrouble = {
  trouble: 'mongodb_no_majority',
  detail: 'MongoDB could not confirm a write on the majority of its members: check that they run.',
};
const readOnly: ToldTrouble = { trouble: 'mongodb_read_only', detail: 'MongoDB is read-only now: allow writes again.' };
const untrusted: ToldTrouble = {
  trouble: 'mongodb_untrusted',
  detail: 'The TLS certificate of MongoDB is not trusted: name its authority with tlsCAFile in MONGO_URL.',
};
const notMongo: ToldTrouble = {
  trouble: 'mongodb_other_server',
  detail: 'What answers at the address in MONGO_URL does not speak the protocol of MongoDB.',
};
const unreadableFile: ToldTrouble = {
  trouble: 'mongodb_unreadable_file',
  detail: 'A file that MONGO_URL names, such as tlsCAFile, cannot be read.',
};
const wrongVersion: ToldTrouble = {
  trouble: 'mongodb_too_old',
  detail: 'This version of MongoDB is not supported: 4.4 or later is needed.',
};

/** By the codes that a server gives its errors. */
const troubleOfCode: ReadonlyMap<unknown, ToldTrouble> = new Map([
  [13, noPermission], // Unauthorized
  [18, wrongPassword], // AuthenticationFailed
  [50, tooSlow], // MaxTimeMSExpired
  [64, notMajority], // WriteConcernTimeout
  [79, notMajority], // UnknownReplWriteConcern
  [91, noPrimary], // ShutdownInProgress
  [100, notMajority], // UnsatisfiableWriteConcern
  [189, noPrimary], // PrimarySteppedDown
  [202, tooSlow], // NetworkInterfaceExceededTimeLimit
  [262, tooSlow], // ExceededTimeLimit
  [334, wrongPassword], // MechanismUnavailable
  [371, readOnly], // UserWritesBlocked
  [8000, wrongPassword], // AtlasError, of a log-in
  [10_058, noPrimary], // LegacyNotPrimary
  [10_107, noPrimary], // NotWritablePrimary
  [11_600, noPrimary], // InterruptedAtShutdown
  [11_602, noPrimary], // InterruptedDueToReplStateChange
  [13_435, noPrimary], // NotPrimaryNoSecondaryOk
  [13_436, noPrimary], // NotPrimaryOrSecondary
]);
export const duplicateKey = 11_000;
const outOfDiskSpace = 14_031;

const nonsense = [MongoParseError, MongoUnexpectedServerResponseError, BSON.BSONError];
const lostConnections = [
  MongoNetworkError,
  MongoSystemError,
  MongoClientClosedError,
  MongoServerClosedError,
  MongoTopologyClosedError,
  MongoStalePrimaryError,
];

/** What TLS says of a certificate: the codes of Node. */
const certificateCodes: ReadonlySet<unknown> = new Set([
  'CERT_HAS_EXPIRED',
  'CERT_NOT_YET_VALID',
  'CERT_SIGNATURE_FAILURE',
  'CERT_UNTRUSTED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'ERR_TLS_CERT_ALTNAME_INVALID',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_GET_ISSUER_CERT',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]);

/** What sockets say, which the driver passes on as it is when it was writing. */
const socketCodes: ReadonlySet<unknown> = new Set([
  'ECONNABORTED',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'EPIPE',
  'ETIMEDOUT',
]);

/** An error of the driver as one of the product; what is no error of the driver stays as it is. */
export function toAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (isDuplicateKey(error)) {
    return new AppError('already_exists', { cause: error });
  }
  if (error instanceof MongoServerError && error.code === outOfDiskSpace) {
    return new AppError('disk_full', { detail: 'MongoDB has not enough free disk space.', cause: error });
  }
  const told = reasonsOf(error)
    .map(troubleOf)
    .find((found) => found !== undefined);
  if (told !== undefined) return new AppError('part_unavailable', { ...told, retryAfterSeconds, cause: error });
  return error instanceof MongoError ? new AppError('storage_failed', { cause: error }) : error;
}

export function isDuplicateKey(error: unknown): boolean {
  return error instanceof MongoServerError && error.code === duplicateKey;
}

/** For an upsert that lost against another one of the same key: what it was to insert is there. */
export function ignoreDuplicateKey(error: unknown): void {
  if (!isDuplicateKey(error)) throw error;
}

/** The error and what it was caused by, the innermost first: it says most. */
function reasonsOf(error: unknown): unknown[] {
  if (!(error instanceof Error)) return [];
  return [...reasonsOf(error.cause), ...serversOf(error).flatMap((server) => reasonsOf(server.error)), error];
}

function serversOf(error: Error): ServerDescription[] {
  if (!(error instanceof MongoServerSelectionError) || error.reason === undefined) return [];
  return [...error.reason.servers.values()];
}

function troubleOf(error: unknown): ToldTrouble | undefined {
  if (error instanceof MongoServerError) return troubleOfServerError(error);
  if (error instanceof MongoCompatibilityError) return wrongVersion;
  if (error instanceof MongoNetworkTimeoutError) return tooSlow;
  if (nonsense.some((kind) => error instanceof kind)) return notMongo;
  if (error instanceof MongoServerSelectionError) return isThere(error) ? noPrimary : unreachable;
  if (lostConnections.some((kind) => error instanceof kind)) return unreachable;
  return error instanceof Error ? troubleOfSystemError(error) : undefined;
}

function troubleOfServerError(error: MongoServerError): ToldTrouble | undefined {
  // Whatever goes wrong between a greeting and the first command is the log-in.
  return troubleOfCode.get(error.code) ?? (error.hasErrorLabel('HandshakeError') ? wrongPassword : undefined);
}

/** Whether a server answered that may not be written to. */
function isThere(error: MongoServerSelectionError): boolean {
  return serversOf(error).some(({ type }) => type !== 'Unknown');
}

/** What the driver passes on from Node: TLS, sockets, the look-up of `mongodb+srv`, files that the URL names. */
function troubleOfSystemError({ code, syscall }: NodeJS.ErrnoException): ToldTrouble | undefined {
  if (certificateCodes.has(code)) return untrusted;
  if (socketCodes.has(code) || syscall?.startsWith('query') === true) return unreachable;
  return syscall === 'open' ? unreadableFile : undefined;
}
