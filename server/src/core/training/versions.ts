import { AppError } from '../../errors/app-error.ts';
import { told, type Told } from '../../errors/told.ts';
import type { Page, PageRequest } from '../../models/page.ts';
import type { Persona } from '../../models/persona.ts';
import type { Principal } from '../../models/principal.ts';
import type { TrainingVersion, VersionInForce } from '../../models/training-version.ts';
import type { BlobStore } from '../../ports/blob-store.ts';
import type { Engine } from '../../ports/engine.ts';
import type { ModelMerger } from '../../ports/model-merger.ts';
import type { TrainingVersionStore } from '../../ports/training-version-store.ts';
import { isPermittedModel } from '../auth/permitted-models.ts';
import type { LanguageModels } from '../language-models/language-models.ts';
import type { Publications } from './publications.ts';
import type { TrainingParts } from './training-parts.ts';
import { warm } from './warm.ts';

/**
 * What training made. Versions over models that the key may not use are `not_found`. What changes the answers of
 * everybody beyond one's own accepted training is for administrators: else `forbidden`.
 */
export interface Versions {
  /** Newest first; a page may be shorter than asked for when versions on it may not be seen. */
  list(principal: Principal, page: PageRequest): Promise<Page<ShownVersion>>;
  get(principal: Principal, id: string): Promise<ShownVersion>;
  /** The file of the adapter. Rejects with `not_found` when it is not on this machine. */
  readAdapter(principal: Principal, id: string): Promise<VersionFile>;
  /**
   * The base and the adapter as one model. Rejects with `conflict` when the file of the base is another one now, and as
   * `ModelMerger` does.
   */
  readMerged(principal: Principal, id: string, options: { signal: AbortSignal }): Promise<VersionFile>;
  /**
   * Lets the version answer; when the gate rejected it, only with a reason, which is kept, and by an administrator. Its
   * owner publishes what was accepted. Rejects as the engine does when it does not work.
   */
  publish(principal: Principal, id: string, options: PublishOptions): Promise<ShownVersion>;
  /** Lets that answer which answered before. Rejects with `conflict` when nothing did, and with `model_unknown`. */
  rollBack(principal: Principal, model: string | undefined): Promise<VersionInForce>;
  /** Rejects with `conflict` while it answers, would by a rollback, or a persona uses its adapter. */
  delete(principal: Principal, id: string): Promise<void>;
}

export interface ShownVersion extends TrainingVersion {
  inForce: boolean;
}

export interface VersionFile {
  fileName: string;
  bytes: number;
  content: AsyncIterable<Uint8Array>;
}

export interface PublishOptions {
  reason: string | undefined;
  signal: AbortSignal;
}

export interface VersionPorts {
  versions: TrainingVersionStore;
  publications: Publications;
  blobs: Pick<BlobStore, 'has' | 'read'>;
  personas: { list(): Promise<readonly Pick<Persona, 'name' | 'adapter'>[]> };
  models: Pick<LanguageModels, 'forAnswers'>;
  engine: Pick<Engine, 'generate'>;
  merger: Pick<ModelMerger, 'merge'>;
  findBase: TrainingParts['findBase'];
  now: () => Date;
}

export function createVersions(ports: VersionPorts): Versions {
  const { versions, publications, blobs, models } = ports;

  const find = async (principal: Principal, id: string): Promise<TrainingVersion> => {
    const version = await versions.find(id);
    if (version === undefined || !isPermittedModel([version.base], principal)) throw new AppError('not_found');
    return version;
  };
  const shown = async (version: TrainingVersion): Promise<ShownVersion> => {
    const { versionId } = await publications.find(version.base);
    return { ...version, inForce: versionId === version.id };
  };

  return {
    async list(principal, page) {
      const { items, next } = await versions.list(page);
      const inForce = new Set((await versions.listInForce()).map(({ versionId }) => versionId));
      const seen = items.filter(({ base }) => isPermittedModel([base], principal));
      return { items: seen.map((version) => ({ ...version, inForce: inForce.has(version.id) })), next };
    },
    get: async (principal, id) => shown(await find(principal, id)),
    async readAdapter(principal, id) {
      const { adapter, bytes } = await find(principal, id);
      if (!(await blobs.has(adapter))) throw new AppError('not_found');
      return { fileName: `${id}.gguf`, bytes, content: blobs.read(adapter) };
    },
    async readMerged(principal, id, options) {
      const { base: model, baseSha256, adapter } = await find(principal, id);
      const { sha256 } = await ports.findBase(model);
      if (sha256 !== baseSha256) {
        throw new AppError('conflict', {
          detail: told`The file of ${model} is not the one that was trained over any more.`,
        });
      }
      return { fileName: `${id}-merged.gguf`, ...(await ports.merger.merge({ model, adapter }, options)) };
    },
    async publish(principal, id, options) {
      const version = await find(principal, id);
      if (!version.gate.accepted) await noteOverride(ports, principal, { version, reason: options.reason });
      else if (version.ownerId !== principal.userId) assertAdministrator(principal);
      await warm(ports.engine, version, options.signal);
      await publications.publish(version, { userId: principal.userId });
      return shown((await versions.find(id)) ?? version);
    },
    async rollBack(principal, model) {
      assertAdministrator(principal);
      const { name } = await models.forAnswers(model);
      if (!isPermittedModel([name], principal)) throw new AppError('model_unknown');
      return publications.rollBack(name, { userId: principal.userId });
    },
    async delete(principal, id) {
      assertAdministrator(principal);
      const version = await find(principal, id);
      await assertUnused(ports, version);
      await versions.delete(id);
    },
  };
}

async function noteOverride(
  { versions, now }: VersionPorts,
  principal: Principal,
  { version, reason }: { version: TrainingVersion; reason: string | undefined },
): Promise<void> {
  assertAdministrator(principal);
  if (version.override !== null) return;
  if (reason === undefined) {
    throw new AppError('invalid_request', {
      detail: told`The gate rejected this version: say in "reason" why it is to answer all the same.`,
      issues: [{ path: 'reason', message: told`is needed` }],
    });
  }
  await versions.override(version.id, { userId: principal.userId, reason, at: now() });
}

async function assertUnused(
  { publications, personas }: VersionPorts,
  { id, base, adapter }: TrainingVersion,
): Promise<void> {
  const { versionId, earlier } = await publications.find(base);
  if (versionId === id) throw inUse(told`It answers now: roll back first.`);
  if (earlier.at(-1) === id) throw inUse(told`A rollback would bring it back: publish another version first.`);
  const over = (await personas.list()).filter((persona) => persona.adapter === adapter).map(({ name }) => name);
  if (over.length > 0) throw inUse(told`${over.join(', ')} is made with it: remove that first.`);
}

function assertAdministrator({ role }: Principal): void {
  if (role === 'admin') return;
  throw new AppError('forbidden', {
    detail: told`This changes what everybody is answered: an administrator may do it.`,
  });
}

function inUse(detail: Told): AppError {
  return new AppError('conflict', { detail });
}
