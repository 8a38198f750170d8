import type {
  ApiKey as ApiKeyBody,
  Me,
  Tokens as TokensBody,
  User as UserBody,
  newApiKeySchema,
} from '@billumy/protocol';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import type { NewApiKey } from '../../core/auth/api-keys.ts';
import type { Tokens } from '../../core/auth/sessions.ts';
import type { ApiKey } from '../../models/api-key.ts';
import type { Principal } from '../../models/principal.ts';
import type { User } from '../../models/user.ts';

/** What OAuth2 clients send with a password beside the password (RFC 6749, 4.3.2); nothing here depends on it. */
const oauthFields = new Set(['grant_type', 'scope', 'client_id', 'client_secret']);

/** Takes the fields of OAuth2 out of a form; a JSON body may not have them. */
export function dropOauthFields(request: { body: unknown; headers: FastifyRequest['headers'] }): void {
  const { body, headers } = request;
  const isForm = headers['content-type']?.toLowerCase().startsWith('application/x-www-form-urlencoded') === true;
  if (!isForm || typeof body !== 'object' || body === null) return;
  request.body = Object.fromEntries(Object.entries(body).filter(([name]) => !oauthFields.has(name)));
}

export function toTokensBody({ accessToken, expiresInSeconds, refreshToken }: Tokens): TokensBody {
  return {
    access_token: accessToken,
    token_type: 'bearer',
    expires_in: expiresInSeconds,
    refresh_token: refreshToken,
  };
}

export function toMe(principal: Principal): Me {
  return {
    user_id: principal.userId,
    username: principal.username,
    role: principal.role,
    groups: [...principal.groups],
    scopes: [...principal.scopes],
    key_id: principal.keyId,
    ...limitsOf(principal),
  };
}

export function toUserBody(user: User): UserBody {
  return {
    id: user.id,
    username: user.username,
    role: user.role,
    groups: [...user.groups],
    disabled: user.disabled,
    created_at: user.createdAt.toISOString(),
  };
}

export function toApiKeyBody(key: ApiKey, names: ReadonlyMap<string | null, string>): ApiKeyBody {
  return {
    id: key.id,
    user_id: key.userId,
    username: names.get(key.userId) ?? null,
    name: key.name,
    scopes: [...key.scopes],
    ...limitsOf(key),
    expires_at: key.expiresAt?.toISOString() ?? null,
    last_used_at: key.lastUsedAt?.toISOString() ?? null,
    created_at: key.createdAt.toISOString(),
  };
}

export function toNewApiKey(body: z.output<typeof newApiKeySchema>, principal: Principal): NewApiKey {
  return {
    userId: body.user_id ?? principal.userId,
    name: body.name,
    scopes: [...new Set(body.scopes)],
    collections: body.collections,
    models: body.models,
    dialects: body.dialects === null ? null : [...new Set(body.dialects)],
    requestsPerMinute: body.requests_per_minute,
    tokensPerDay: body.tokens_per_day,
    expiresAt: body.expires_at === null ? null : new Date(body.expires_at),
  };
}

type Limits = Pick<ApiKeyBody, 'collections' | 'models' | 'dialects' | 'requests_per_minute' | 'tokens_per_day'>;

function limitsOf(
  holder: Pick<ApiKey, 'collections' | 'models' | 'dialects' | 'requestsPerMinute' | 'tokensPerDay'>,
): Limits {
  return {
    collections: holder.collections && [...holder.collections],
    models: holder.models && [...holder.models],
    dialects: holder.dialects && [...holder.dialects],
    requests_per_minute: holder.requestsPerMinute,
    tokens_per_day: holder.tokensPerDay,
  };
}
