import { randomBytes } from 'node:crypto';
import { newSecret } from './secret-text.ts';

const prefix = 'bil_';
const form = /^bil_([0-9a-f]{16})_([A-Za-z0-9_-]{43})$/;
const idBytes = 8;

export interface ApiKeyParts {
  id: string;
  secret: string;
}

export function newApiKey(): ApiKeyParts & { text: string } {
  const id = randomBytes(idBytes).toString('hex');
  const secret = newSecret();
  return { id, secret, text: `${prefix}${id}_${secret}` };
}

export function looksLikeApiKey(token: string): boolean {
  return token.startsWith(prefix);
}

export function parseApiKey(text: string): ApiKeyParts | undefined {
  const [, id, secret] = form.exec(text) ?? [];
  return id === undefined || secret === undefined ? undefined : { id, secret };
}
