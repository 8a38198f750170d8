import { accounts } from './accounts.ts';
import { data } from './data.ts';
import { documents } from './documents.ts';
import { engines } from './engines.ts';
import { fields } from './fields.ts';
import { health } from './health.ts';
import { insights } from './insights.ts';
import { models } from './models.ts';
import { opensearch } from './opensearch.ts';
import { requests } from './requests.ts';
import { servers } from './servers.ts';
import { training } from './training.ts';

export const areas = [
  accounts,
  data,
  documents,
  engines,
  fields,
  health,
  insights,
  models,
  opensearch,
  requests,
  servers,
  training,
] as const;

/** The Portuguese of all that is told, by its English template. */
export const portuguese: ReadonlyMap<string, string> = new Map(areas.flatMap((area) => Object.entries(area)));
