import { z } from 'zod';
import { collectionName, text, timestamp } from './common.ts';

export const roleSchema = z.enum(['admin', 'member']);
export const dialectSchema = z.enum(['billumy', 'ollama', 'openai', 'anthropic']);
export const scopeSchema = z.enum(['ask', 'ingest', 'train', 'insights', 'admin', 'act_as']);

// Whether a new name or password will do is decided when it is made, not when somebody tries to log in with it.
const username = text(64).min(1);
const password = text(256).min(1);
const groups = z.array(text(64).min(1)).max(100);
const id = z.string().min(1).max(64);

export const loginRequestSchema = z.strictObject({ username, password }).meta({ id: 'LoginRequest' });
export type LoginRequest = z.infer<typeof loginRequestSchema>;

export const tokensSchema = z
  .object({
    access_token: z.string(),
    token_type: z.literal('bearer'),
    expires_in: z.int().describe('Seconds until the access token expires.'),
    refresh_token: z.string().describe('For one use at /auth/refresh, whose reply holds the next one.'),
  })
  .meta({ id: 'Tokens' });
export type Tokens = z.infer<typeof tokensSchema>;

/** What a page gets: its refresh token is in a cookie that no script can read. */
export const sessionTokenSchema = tokensSchema.omit({ refresh_token: true }).meta({ id: 'SessionToken' });
export type SessionToken = z.infer<typeof sessionTokenSchema>;

/** The header that the routes of a page's session ask for: no form and no page of another origin can send it. */
export const sessionHeader = 'x-billumy-session';

export const refreshRequestSchema = z.strictObject({ refresh_token: z.string().min(1).max(512) });
export type RefreshRequest = z.infer<typeof refreshRequestSchema>;

export const passwordRequestSchema = z.strictObject({ current_password: password, new_password: password });
export type PasswordRequest = z.infer<typeof passwordRequestSchema>;

const keyLimits = {
  collections: z.array(collectionName).max(100).nullable().describe('null: every collection.'),
  models: z.array(text(200).min(1)).max(100).nullable().describe('null: every model.'),
  dialects: z
    .array(dialectSchema)
    .min(1)
    .max(dialectSchema.options.length)
    .nullable()
    .describe('The groups of routes it may call, e.g. `ollama` for /api/*; null: every one.'),
  requests_per_minute: z.int().min(1).max(1_000_000).nullable().describe('null: no limit.'),
  tokens_per_day: z.int().min(1).max(1_000_000_000_000).nullable().describe('null: no limit.'),
};

/** Who the token belongs to and what it allows. */
export const meSchema = z
  .object({
    user_id: z.string(),
    username: z.string(),
    role: roleSchema,
    groups: z.array(z.string()),
    scopes: z.array(scopeSchema),
    key_id: z.string().nullable().describe('null: logged in with a password.'),
    ...keyLimits,
  })
  .meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;

export const userSchema = z
  .object({
    id: z.string(),
    username: z.string(),
    role: roleSchema,
    groups: z.array(z.string()).describe('Groups that documents may list among their readers.'),
    disabled: z.boolean(),
    created_at: timestamp,
  })
  .meta({ id: 'User' });
export type User = z.infer<typeof userSchema>;

export const newUserSchema = z.strictObject({
  username,
  password,
  role: roleSchema.default('member'),
  groups: groups.default([]),
});
export type NewUser = z.input<typeof newUserSchema>;

export const userChangeSchema = z
  .strictObject({
    role: roleSchema.optional(),
    groups: groups.optional(),
    disabled: z.boolean().optional(),
    password: password.optional(),
  })
  .refine((change) => Object.values(change).some((value) => value !== undefined), 'must change something');
export type UserChange = z.infer<typeof userChangeSchema>;

export const userPageSchema = z.object({ items: z.array(userSchema), next: z.string().nullable() });
export type UserPage = z.infer<typeof userPageSchema>;

export const apiKeySchema = z
  .object({
    id: z.string().describe('The part of the key that is not secret: bil_<id>_<secret>.'),
    user_id: z.string(),
    username: z.string().nullable().describe('Whose key it is; null: the account is gone.'),
    name: z.string(),
    scopes: z.array(scopeSchema),
    ...keyLimits,
    expires_at: timestamp.nullable(),
    last_used_at: timestamp.nullable().describe('To the minute.'),
    created_at: timestamp,
  })
  .meta({ id: 'ApiKey' });
export type ApiKey = z.infer<typeof apiKeySchema>;

export const newApiKeySchema = z.strictObject({
  name: text(100).min(1),
  scopes: z.array(scopeSchema).min(1).max(scopeSchema.options.length),
  collections: keyLimits.collections.default(null),
  models: keyLimits.models.default(null),
  dialects: keyLimits.dialects.default(null),
  requests_per_minute: keyLimits.requests_per_minute.default(null),
  tokens_per_day: keyLimits.tokens_per_day.default(null),
  expires_at: timestamp.nullable().default(null),
  user_id: id.optional().describe('Whose key it is; only administrators make keys for somebody else.'),
});
export type NewApiKey = z.input<typeof newApiKeySchema>;

export const createdApiKeySchema = apiKeySchema
  .extend({ key: z.string().describe('The key itself: shown here and never again.') })
  .meta({ id: 'CreatedApiKey' });
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;

export const apiKeyPageSchema = z.object({ items: z.array(apiKeySchema), next: z.string().nullable() });
export type ApiKeyPage = z.infer<typeof apiKeyPageSchema>;

export const accountParamsSchema = z.strictObject({ id });
