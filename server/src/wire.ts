import { join } from 'node:path';
import type { PartHealth } from '@billumy/protocol';
import type { AppOptions } from './app.ts';
import type { Config } from './config/config.ts';
import { ConfigError } from './config/config.ts';
import { createAuth, type Auth } from './core/auth/auth.ts';
import { openDatabase, type Database } from './db/sqlite/database.ts';
import { lockFolder } from './db/sqlite/lock-folder.ts';
import { createSqliteApiKeyStore } from './db/sqlite/sqlite-api-key-store.ts';
import { openSqliteIdempotencyStore } from './db/sqlite/sqlite-idempotency-store.ts';
import { createSqliteRefreshTokenStore } from './db/sqlite/sqlite-refresh-token-store.ts';
import { createSqliteSecretStore } from './db/sqlite/sqlite-secret-store.ts';
import { createSqliteUserStore } from './db/sqlite/sqlite-user-store.ts';
import { createClosingList, type ClosingList } from './process/closing-list.ts';
import { authRoutes } from './routes/auth.ts';
import { healthRoutes } from './routes/health.ts';
import { createInFlight, type InFlight } from './routes/in-flight.ts';
import { metricsRoutes } from './routes/metrics.ts';
import { createPrometheusMetrics } from './services/metrics/prometheus-metrics.ts';
import { createMemoryRateLimits } from './services/rate-limits/memory-rate-limits.ts';

export interface NewAdministrator {
  username: string;
  password: string;
  /** Nobody knows the password yet: show it, it cannot be found later. */
  isGenerated: boolean;
}

export interface Service extends AsyncDisposable {
  app: Omit<AppOptions, 'logLevel' | 'logStream'>;
  inFlight: InFlight;
  /** The first administrator, when this start made it. */
  newAdministrator: NewAdministrator | null;
}

/** Chooses what is behind each port, and puts the product together. Ends what it began when a part cannot be opened. */
export async function wire(config: Config): Promise<Service> {
  const closing = createClosingList();
  try {
    return await open(config, closing);
  } catch (error) {
    await closing[Symbol.asyncDispose]();
    throw error;
  }
}

const now = (): Date => new Date();

async function open(config: Config, closing: ClosingList): Promise<Service> {
  closing.add(await lockFolder(config.DATA_DIR));
  const database = closing.add(await openDatabase(join(config.DATA_DIR, 'billumy.db')));
  const auth = createAuth({
    users: createSqliteUserStore(database),
    apiKeys: createSqliteApiKeyStore(database),
    refreshTokens: createSqliteRefreshTokenStore(database),
    secrets: createSqliteSecretStore(database),
    rateLimits: createMemoryRateLimits({ now: Date.now }),
    presetKey: config.BILLUMY_TOKEN,
    now,
  });
  const newAdministrator = await ensureAdministrator(config, auth);
  const metrics = createPrometheusMetrics();
  const inFlight = createInFlight();
  const health = healthRoutes({
    parts: { storage: () => storageHealth(database) },
    downloads: () => [],
    isStopping: () => inFlight.draining,
  });
  return {
    app: {
      authenticate: auth.authenticate,
      admit: auth.quotas.admit,
      idempotency: await openSqliteIdempotencyStore(database),
      inFlight,
      routes: [health, metricsRoutes(metrics), authRoutes(auth)],
    },
    inFlight,
    newAdministrator,
    [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
  };
}

const loopbackHosts = /^(?:localhost|127\.\d+\.\d+\.\d+|::1)$/;

async function ensureAdministrator(config: Config, { users }: Auth): Promise<NewAdministrator | null> {
  const { HOST, ADMIN_USERNAME: username, ADMIN_PASSWORD: password } = config;
  if (!loopbackHosts.test(HOST) && password === null && !(await users.hasAdministrator())) {
    throw new ConfigError([
      'HOST: other machines reach this address, and no administrator exists yet: set ADMIN_PASSWORD, or start once with HOST=127.0.0.1',
    ]);
  }
  const { created, generatedPassword } = await users.ensureAdministrator({ username, password });
  const firstPassword = generatedPassword ?? password;
  if (!created || firstPassword === null) return null;
  return { username, password: firstPassword, isGenerated: generatedPassword !== null };
}

async function storageHealth(database: Database): Promise<PartHealth> {
  await database.all('select 1');
  return { status: 'ok', why: null };
}
