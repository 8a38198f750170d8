import type { Config } from '../config/config.ts';
import type { Ask } from '../core/ask/ask.ts';
import type { Completions } from '../core/completions/completions.ts';
import { createCompletions } from '../core/completions/create-completions.ts';
import { createJudge } from '../core/completions/judge.ts';
import { createMaestro } from '../core/completions/maestro.ts';
import type { Insights } from '../core/insights/insights.ts';
import type { LanguageModels } from '../core/language-models/language-models.ts';
import type { Personas } from '../core/personas/personas.ts';
import type { AdaptersInForce } from '../core/training/adapters-in-force.ts';
import type { Metering } from '../core/usage/metering.ts';
import type { Cache } from '../ports/cache.ts';
import type { Engine } from '../ports/engine.ts';

export interface OpenCompletionsOptions {
  config: Pick<Config, 'MAESTRO'>;
  engine: Engine;
  languageModels: LanguageModels;
  personas: Pick<Personas, 'find'>;
  adapters: Pick<AdaptersInForce, 'over'>;
  ask: Ask;
  insights: Pick<Insights, 'answer'>;
  metering: Metering;
  cache: Cache;
  now: () => Date;
}

/** What the dialects speak to; with a maestro when the settings name its models. */
export function openCompletions({ config, languageModels, cache, ...ports }: OpenCompletionsOptions): Completions {
  const { MAESTRO: setting } = config;
  const { engine } = ports;
  const judge = setting?.judge === undefined || setting.judge === null ? undefined : setting.judge;
  const maestro =
    setting === null
      ? undefined
      : createMaestro({
          routes: setting.routes,
          cache,
          judge: judge === undefined ? undefined : createJudge({ engine, model: judge }),
        });
  return createCompletions({ ...ports, models: languageModels, maestro });
}
