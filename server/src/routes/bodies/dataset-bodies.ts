import type { Dataset as DatasetBody } from '@billumy/protocol';
import { digestHex } from '../../models/digest.ts';
import type { Dataset } from '../../models/table.ts';

export function toDatasetBody({ id, name, format, bytes, digest, createdAt, expiresAt }: Dataset): DatasetBody {
  return {
    id,
    name,
    format,
    bytes,
    sha256: digestHex(digest),
    created_at: createdAt.toISOString(),
    expires_at: expiresAt.toISOString(),
  };
}
