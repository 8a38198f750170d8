import { errors } from '@opensearch-project/opensearch';
import { AppError, isAppError } from '../../../../errors/app-error.ts';
import { told, type Told } from '../../../../errors/told.ts';
import { isBusy, isDiskFull, isWriteBlocked, Refusal } from './refusal.ts';
import { NoReplyInTime, NotJson } from './transport-errors.ts';

const soonSeconds = 5;
/** Of what does not get better by waiting, but by somebody's work. */
const laterSeconds = 60;

/** Whatever came of a call to OpenSearch, as an error of the catalogue. */
export function toAppError(error: unknown): AppError {
  if (isAppError(error)) return error;
  if (error instanceof Refusal) return ofRefusal(error);
  if (error instanceof NoReplyInTime) {
    const seconds = Math.ceil(error.timeoutMs / 1_000);
    return unavailable(told`OpenSearch did not answer within ${seconds} s; it may be overloaded.`, error);
  }
  if (isConnectionError(error)) return ofConnection(error);
  if (error instanceof NotJson || error instanceof errors.DeserializationError) return notOpenSearch(error);
  return new AppError('internal', { cause: error });
}

/** Whether no connection to the server came about, or it broke. */
export function isConnectionError(error: unknown): error is Error {
  return [
    errors.ConnectionError,
    errors.TimeoutError,
    errors.NoLivingConnectionsError,
    errors.RequestAbortedError,
  ].some((kind) => error instanceof kind);
}

export function unavailable(detail: Told, cause?: unknown, retryAfterSeconds = soonSeconds): AppError {
  return new AppError('part_unavailable', { detail, retryAfterSeconds, cause });
}

export function needsWork(detail: Told, cause?: unknown): AppError {
  return unavailable(detail, cause, laterSeconds);
}

export function notOpenSearch(cause?: unknown): AppError {
  return needsWork(told`What answers at OPENSEARCH_URL is not an OpenSearch; check the address.`, cause);
}

function ofRefusal(error: Refusal): AppError {
  if (isDiskFull(error)) {
    return new AppError('disk_full', {
      detail: told`A disk of OpenSearch is so full that it lets nothing be written; make room there.`,
      retryAfterSeconds: laterSeconds,
      cause: error,
    });
  }
  if (isWriteBlocked(error)) {
    return unavailable(
      told`Writing to the search index in OpenSearch is blocked: it is being copied, or somebody set index.blocks.write.`,
      error,
    );
  }
  if (isBusy(error)) return unavailable(told`OpenSearch is overloaded and refuses requests.`, error);
  switch (error.status) {
    case 401:
      return needsWork(told`OpenSearch does not accept the user and password, or the API key, of the settings.`, error);
    case 403:
      return needsWork(
        told`The user of OpenSearch may not do what the search index needs; see its permissions.`,
        error,
      );
    case 502:
    case 503:
    case 504:
      return unavailable(told`OpenSearch is not ready: it answers with an error of its own.`, error);
    default:
      return error.type === '' ? notOpenSearch(error) : new AppError('internal', { cause: error });
  }
}

const refused = told`OpenSearch refuses connections; check that it runs at the address in OPENSEARCH_URL.`;
const nameUnknown = told`The host in OPENSEARCH_URL is not known; check its name.`;
const untrusted = told`The certificate of OpenSearch is not trusted; set OPENSEARCH_CA_FILE to the certificates of the authority that signed it.`;
const otherHost = told`The certificate of OpenSearch is for another host than the one in OPENSEARCH_URL.`;
const expired = told`The certificate of OpenSearch has expired.`;
const noTls = told`OpenSearch does not speak TLS at that port; use http:// in OPENSEARCH_URL, or another port.`;

const detailOf: Readonly<Record<string, Told>> = {
  ECONNREFUSED: refused,
  ENOTFOUND: nameUnknown,
  EAI_AGAIN: nameUnknown,
  DEPTH_ZERO_SELF_SIGNED_CERT: untrusted,
  SELF_SIGNED_CERT_IN_CHAIN: untrusted,
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: untrusted,
  UNABLE_TO_GET_ISSUER_CERT: untrusted,
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: untrusted,
  CERT_SIGNATURE_FAILURE: untrusted,
  CERT_HAS_EXPIRED: expired,
  ERR_TLS_CERT_ALTNAME_INVALID: otherHost,
  EPROTO: noTls,
  ERR_SSL_WRONG_VERSION_NUMBER: noTls,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: noTls,
  HPE_INVALID_CONSTANT: told`What answers at OPENSEARCH_URL does not speak HTTP; check the address.`,
};

function ofConnection(error: Error): AppError {
  const { code = '' } = (error.cause ?? {}) as { code?: string };
  const known = detailOf[code];
  if (known === undefined) return unavailable(told`The connection to OpenSearch broke.`, error);
  return code === 'ECONNREFUSED' || code === 'EAI_AGAIN' ? unavailable(known, error) : needsWork(known, error);
}
