import { embedMissing } from '../core/retrieval/embed-missing.ts';
import type { ClosingList } from '../process/closing-list.ts';
import { createInFlight } from '../routes/http/in-flight.ts';
import type { Service, WireOptions } from '../wire.ts';
import {
  forgetBlobsHourly,
  forgetDeedsHourly,
  forgetInsightsHourly,
  forgetRepliesHourly,
  forgetResponsesHourly,
  forgetTrainingSetsHourly,
  runInBackground,
} from './background.ts';
import { ensureAdministratorSoon } from './ensure-administrator.ts';
import { openCore } from './open-core.ts';
import { openDataProcesses } from './open-insights.ts';
import type { Stores } from './open-stores.ts';
import { routesOf } from './routes-of.ts';

/** Puts the product together over its stores, and begins what it does in the background. */
export async function openService(
  { config, report }: WireOptions,
  { stores, closing }: { stores: Stores; closing: ClosingList },
): Promise<Service> {
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
