import type { AppOptions } from './app.ts';
import type { Config } from './config/config.ts';
import { embedMissing } from './core/retrieval/embed-missing.ts';
import { createClosingList, type ClosingList } from './process/closing-list.ts';
import { createInFlight, type InFlight } from './routes/in-flight.ts';
import {
  forgetBlobsHourly,
  forgetDeedsHourly,
  forgetInsightsHourly,
  forgetRepliesHourly,
  forgetResponsesHourly,
  forgetTrainingSetsHourly,
  runInBackground,
} from './wire/background.ts';
import { ensureAdministratorSoon, type NewAdministrator } from './wire/ensure-administrator.ts';
import { openCore } from './wire/open-core.ts';
import { openDataProcesses } from './wire/open-insights.ts';
import { openStores } from './wire/open-stores.ts';
import { routesOf } from './wire/routes-of.ts';

export interface WireOptions {
  config: Config;
  /** Told what went wrong in the background. */
  report(what: string, error: unknown): void;
}

export interface Service extends AsyncDisposable {
  app: Omit<AppOptions, 'logLevel' | 'logStream'>;
  inFlight: InFlight;
  /** The first administrator, when this start made it. */
  newAdministrator: NewAdministrator | null;
}

/** Chooses what is behind each port, and puts the product together. Ends what it began when a part cannot be opened. */
export async function wire(options: WireOptions): Promise<Service> {
  const closing = createClosingList();
  try {
    return await open(options, closing);
  } catch (error) {
    await closing[Symbol.asyncDispose]();
    throw error;
  }
}

async function open({ config, report }: WireOptions, closing: ClosingList): Promise<Service> {
  const stores = await openStores(config, closing);
  const processes = await openDataProcesses(config, closing);
  const core = await openCore(config, { stores, ...processes }, { closing, report });
  const newAdministrator = await ensureAdministratorSoon(config, core.auth, { closing, report });
  const inFlight = createInFlight();

  runInBackground(closing, [
    (signal) => core.knowledge.runIngestion(signal),
    (signal) => core.training.run(signal),
    (signal) => core.insights.work(signal),
    (signal) => core.languageModels.downloadMissing(signal),
    (signal) => embedMissing({ ...stores, ...core }, { signal }),
  ]);
  forgetRepliesHourly(stores.idempotency, { closing, report });
  forgetDeedsHourly(stores.audit, { closing, report, days: config.AUDIT_DAYS });
  forgetResponsesHourly(stores.responses, { closing, report });
  forgetBlobsHourly(core.personas, { closing, report });
  forgetTrainingSetsHourly(stores, { closing, report });
  forgetInsightsHourly(stores, { closing, report });
  return {
    app: {
      authenticate: core.auth.authenticate,
      admit: core.auth.quotas.admit,
      openLoopback: config.OPEN_LOOPBACK,
      idempotency: stores.idempotency,
      inFlight,
      note: core.trail.note,
      routes: routesOf(core, { stores, inFlight }),
    },
    inFlight,
    newAdministrator,
    [Symbol.asyncDispose]: () => closing[Symbol.asyncDispose](),
  };
}
