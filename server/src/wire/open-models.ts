import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Config } from '../config/config.ts';
import { createLanguageModels } from '../core/language-models/create-language-models.ts';
import { createLlamaEngine } from '../services/engine/llama/create-llama-engine.ts';
import { nanoModel } from '../services/model-files/catalogue.ts';
import { createModelFiles } from '../services/model-files/create-model-files.ts';
import type { Background } from './background.ts';

/** The models that come with the installation. */
const bundledDirectory = fileURLToPath(new URL('../../../models/nano', import.meta.url));

/** What runs models, and their files, by the settings. */
export async function openModels(config: Config, { closing, report }: Background) {
  const localFiles = createModelFiles({
    directory: join(config.DATA_DIR, 'models'),
    bundledDirectory,
    baseUrl: config.MODEL_URL,
    offline: config.OFFLINE,
    proxy: { httpProxy: config.HTTP_PROXY, httpsProxy: config.HTTPS_PROXY, noProxy: config.NO_PROXY },
  });
  const configured = {
    language: config.LANGUAGE_MODEL,
    embedding: config.EMBEDDING_MODEL,
    rerank: config.RERANK_MODEL,
  };
  const { routes = {}, judge = null } = config.MAESTRO ?? {};
  const named = [judge, ...Object.values({ ...configured, ...routes })].filter((name) => name !== null);
  const permanent = new Set([nanoModel, ...named]);
  const isPermanent = (model: string): boolean => permanent.has(model);
  const local = createLlamaEngine({ files: localFiles, threads: config.ENGINE_THREADS, isPermanent });
  const models = { files: localFiles, engine: local, likelihood: local.likelihood };
  const { files, engine, likelihood } =
    config.BILLUMY_URL === null ? models : (await import('./with-engines.ts')).withEngines(models, { config, closing });
  closing.add(engine);
  const languageModels = createLanguageModels({
    files,
    names: configured,
    offline: config.OFFLINE,
    installedForMs: 1000,
    downloadFailed: (model, error) => report(`the download of ${model} failed`, error),
  });
  return { files, localFiles, configured, named, languageModels, engine, likelihood };
}
