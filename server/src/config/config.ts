import { z } from 'zod';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');
const optionalText = z.string().min(1).nullable();

/** The settings: the only declaration of their names, forms and defaults. `docs/config.md` is generated from it. */
export const configSchema = z.strictObject({
  HOST: z.string().min(1).default('127.0.0.1').describe('Address to listen on.'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8000).describe('Port to listen on; 0 takes any free one.'),
  DATA_DIR: z.string().min(1).default('./data').describe('Folder of the database, files and models.'),
  ADMIN_USERNAME: z.string().min(1).max(64).default('admin').describe('Name of the first administrator.'),
  ADMIN_PASSWORD: optionalText
    .default(null)
    .describe('Password of the first administrator; without it one is generated and printed once.'),
  BILLUMY_TOKEN: z
    .string()
    .min(16)
    .nullable()
    .default(null)
    .describe('A preset API key with the scope `ask`, at least 16 characters.'),
  LANGUAGE_MODEL: z.string().min(1).default('llama3.2:1b').describe('Model that answers.'),
  EMBEDDING_MODEL: z.string().min(1).default('embeddinggemma:300m').describe('Model that embeds passages.'),
  RERANK_MODEL: optionalText.default(null).describe('Model that reranks passages; none by default.'),
  MODEL_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://huggingface.co')
    .describe('Where models are downloaded from: Hugging Face or a mirror with the same paths.'),
  OFFLINE: flag.default(false).describe('1: never try to download anything.'),
  ENGINE_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe('Threads of the engine; by default what the machine has left.'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info').describe('How much is logged.'),
});

export type Config = Readonly<z.infer<typeof configSchema>>;

/** Reads settings from `environment`, after those of a `.env` file; throws naming each wrong one, never its value. */
export function parseConfig(environment: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(configSchema.shape)
      .map((name) => [name, environment[name]] as const)
      .filter(([, value]) => value !== undefined && value !== ''),
  );
  const result = configSchema.safeParse(given);
  if (result.success) return Object.freeze(result.data);
  const reasons = result.error.issues.map(
    (issue) => `  ${issue.path.join('.')}: ${issue.message} (see docs/config.md)`,
  );
  throw new ConfigError(`These settings are not right:\n${reasons.join('\n')}`);
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}
