import { z } from 'zod';
import { closestName } from './closest-name.ts';
import { parseAddresses } from './parse-addresses.ts';
import { parseMaestro } from './parse-maestro.ts';

const flag = z.enum(['0', '1', 'true', 'false']).transform((value) => value === '1' || value === 'true');
const optionalText = z.string().min(1).nullable().default(null);
const optionalAddress = z
  .url({ protocol: /^https?$/ })
  .nullable()
  .default(null);

function refuse(context: z.RefinementCtx, form: string): never {
  context.addIssue({ code: 'custom', message: `expected ${form}` });
  return z.NEVER;
}

/** The settings: the only declaration of their names, forms and defaults. `docs/config.md` is made from it. */
export const configSchema = z.strictObject({
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe(
      'Address to listen on. One that other machines reach is refused while no administrator exists: ' +
        'start once on this machine, or set `ADMIN_PASSWORD`.',
    ),
  PORT: z.coerce.number().int().min(0).max(65_535).default(8000).describe('Port to listen on; 0 takes any free one.'),
  DATA_DIR: z
    .string()
    .min(1)
    .default('./data')
    .describe('Folder of the database, files and models. One service at a time uses it.'),
  ADMIN_USERNAME: z.string().min(1).max(64).default('admin').describe('Name of the first administrator.'),
  ADMIN_PASSWORD: optionalText.describe(
    'Password of the first administrator; without it one is generated and printed once.',
  ),
  BILLUMY_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,1024}$/, 'expected 16 to 1024 printable ASCII characters without spaces')
    .nullable()
    .default(null)
    .describe('A preset API key with the scope `ask`, at least 16 characters.'),
  BILLUMY_URL: z
    .string()
    .transform(
      (text, context) =>
        parseAddresses(text) ?? refuse(context, 'addresses such as http://host:11434, separated by commas'),
    )
    .nullable()
    .default(null)
    .describe(
      'Engines that run the models, separated by commas: Ollama, llama-server or servers with the API of OpenAI, told apart ' +
        'by asking them. Without it models run in the service. A user and password in an address are sent to that engine.',
    ),
  ENGINE_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{1,4096}$/, 'expected printable ASCII characters without spaces')
    .nullable()
    .default(null)
    .describe('Key that the engines of `BILLUMY_URL` ask for.'),
  TRAINER_URL: optionalAddress.describe(
    'Server that trains models, with the routes of OpenAI for files and fine-tuning jobs: see `deploy/trainer`. Without it ' +
      'this machine trains. A user and password may be in the address.',
  ),
  TRAINER_API_KEY: z
    .string()
    .regex(/^[\x21-\x7e]{1,4096}$/, 'expected printable ASCII characters without spaces')
    .nullable()
    .default(null)
    .describe('Key that the trainer of `TRAINER_URL` asks for.'),
  MONGO_URL: z
    .string()
    .regex(/^mongodb(?:\+srv)?:\/\/\S+$/, 'expected an address such as mongodb://host:27017/billumy')
    .nullable()
    .default(null)
    .describe(
      'MongoDB that keeps accounts, keys, conversations, documents, personas, jobs and usage, shared by all services with ' +
        'this address. Without it they are in `DATA_DIR`. The database is `billumy` unless the address names one; user, ' +
        'password, `replicaSet`, `tls` and `tlsCAFile` go into the address.',
    ),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/\S+$/, 'expected an address such as redis://host:6379')
    .nullable()
    .default(null)
    .describe(
      'Redis for answers that can be repeated, limits that hold for all services together, and the distribution of jobs. ' +
        'Without it each service counts and remembers alone. User and password go into the address.',
    ),
  REDIS_PREFIX: z
    .string()
    .regex(/^[a-zA-Z0-9_-]{1,64}$/, 'expected letters, digits, _ and -')
    .default('billumy')
    .describe('What the names of all keys in Redis begin with; installations that share a Redis need different ones.'),
  OPENSEARCH_URL: z
    .string()
    .transform(
      (text, context) =>
        parseAddresses(text) ?? refuse(context, 'addresses such as https://host:9200, separated by commas'),
    )
    .nullable()
    .default(null)
    .describe(
      'OpenSearch that holds the search index, shared by all services with this address; several nodes are separated by ' +
        'commas. Without it the index is in `DATA_DIR`. User and password may be in the address.',
    ),
  OPENSEARCH_USERNAME: optionalText.describe('User of OpenSearch, instead of one in its address.'),
  OPENSEARCH_PASSWORD: optionalText.describe('Password of that user.'),
  OPENSEARCH_API_KEY: optionalText.describe('API key of OpenSearch, instead of user and password.'),
  OPENSEARCH_CA_FILE: optionalText.describe(
    'File with the certificates (PEM) of the authority that signed the one of OpenSearch, when it is not a public one.',
  ),
  OPENSEARCH_INDEX: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'expected small letters, digits, _ and -')
    .default('billumy')
    .describe('What the names of the indices and aliases in OpenSearch begin with.'),
  OPENSEARCH_VECTORS: z
    .enum(['memory', 'disk'])
    .default('memory')
    .describe(
      'How OpenSearch keeps vectors: `memory` is a Lucene graph (HNSW), fast and exact enough up to a few million passages; ' +
        '`disk` a faiss graph of compressed vectors, which takes a fraction of the memory.',
    ),
  LANGUAGE_MODEL: z
    .string()
    .min(1)
    .default('llama3.2:1b')
    .describe(
      'Model that answers: a name of the catalogue, an `hf:` reference (to a file, or `hf:<owner>/<repository>:Q4_K_M`), or the path of a GGUF file.',
    ),
  EMBEDDING_MODEL: z.string().min(1).default('embeddinggemma:300m').describe('Model that embeds passages.'),
  RERANK_MODEL: optionalText.describe('Model that reranks passages.'),
  MODEL_URL: z
    .url({ protocol: /^https?$/ })
    .default('https://huggingface.co')
    .describe('Where models are downloaded from: Hugging Face, or a mirror with the same paths.'),
  MAESTRO: z
    .string()
    .transform(
      (text, context) => parseMaestro(text) ?? refuse(context, 'simple=<model>,medium=<model>,complex=<model>'),
    )
    .nullable()
    .default(null)
    .describe(
      'Which model answers which difficulty, for `model: "billumy"`: `simple=…,medium=…,complex=…`, and, if a small ' +
        'model is to judge the difficulty, `judge=…`.',
    ),
  OPEN_LOOPBACK: flag
    .default(false)
    .describe('`1`: programs on this machine, such as the `ollama` command, call `/api` and `/v1` without a key.'),
  OFFLINE: flag.default(false).describe('`1`: never try to download anything.'),
  ENGINE_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe('Threads of the engine; by default what the machine has left.'),
  TRAINING_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(256)
    .nullable()
    .default(null)
    .describe('Threads of a training; by default half of those of the machine. One training runs at a time.'),
  TRAINING_MEMORY: z.coerce
    .number()
    .int()
    .min(64)
    .nullable()
    .default(null)
    .describe('Megabytes that a training may take; by default half of the memory of the machine.'),
  TRAINING_MINUTES: z.coerce
    .number()
    .int()
    .min(1)
    .max(20_160)
    .default(240)
    .describe('How long a training may take. Older examples are left out of one that would take longer.'),
  INSIGHTS_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .default(30)
    .describe('Days for which tables and the insights over them are kept; until then insights can be verified.'),
  AUDIT_DAYS: z.coerce
    .number()
    .int()
    .min(1)
    .max(3650)
    .default(365)
    .describe('For how many days is kept who did what: see `GET /audit`.'),
  HTTPS_PROXY: optionalAddress.describe('Proxy for downloads over HTTPS. Also `https_proxy`.'),
  HTTP_PROXY: optionalAddress.describe('Proxy for downloads over HTTP. Also `http_proxy`.'),
  NO_PROXY: optionalText.describe('Hosts, separated by commas, that are reached without a proxy. Also `no_proxy`.'),
  LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info').describe('How much is logged.'),
});

export type Config = Readonly<z.infer<typeof configSchema>>;
type Variables = Readonly<Record<string, string | undefined>>;

const settingNames = Object.keys(configSchema.shape);
/** Spelled in small letters by custom. */
const lowerCaseNames = ['HTTPS_PROXY', 'HTTP_PROXY', 'NO_PROXY'];

/** Reads settings from `variables`; throws a ConfigError that names each wrong one, never its value. */
export function parseConfig(variables: Variables): Config {
  const given = settingNames
    .map((name) => [name, valueOf(name, variables)] as const)
    .filter(([, value]) => value !== undefined && value !== '');
  const result = configSchema.safeParse(Object.fromEntries(given));
  if (result.success) return Object.freeze(result.data);
  throw new ConfigError(
    result.error.issues.map(({ path, message }) => {
      const name = path.join('.');
      return `${name}: ${message} (see docs/config.md#${name.toLowerCase()})`;
    }),
  );
}

/** One line per name that is no setting; empty when all are. */
export function unknownNames(variables: Variables): string[] {
  const known = [...settingNames, ...lowerCaseNames.map((name) => name.toLowerCase())];
  return Object.keys(variables)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const suggestion = closestName(name.toUpperCase(), settingNames);
      return `${name}: no setting has that name${suggestion === undefined ? '' : `; did you mean ${suggestion}?`}`;
    });
}

function valueOf(name: string, variables: Variables): string | undefined {
  const lowerCase = lowerCaseNames.includes(name) ? variables[name.toLowerCase()] : undefined;
  return variables[name] ?? lowerCase;
}

export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  /** One for each setting: its name, and what is wrong. */
  readonly reasons: readonly string[];

  constructor(reasons: readonly string[]) {
    super(`These settings are not right:\n${reasons.map((reason) => `  ${reason}`).join('\n')}`);
    this.reasons = reasons;
  }
}
