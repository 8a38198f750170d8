import { AppError } from '../../../errors/app-error.ts';
import { told } from '../../../errors/told.ts';
import type { ModelProfile } from '../../../models/language-model.ts';
import { parseModelName } from '../../../models/model-name.ts';
import type { ModelFiles } from '../../../ports/model-files.ts';
import { createSharedDownloads } from '../../model-files/shared-downloads.ts';
import type { Fleet, Site } from './fleet/fleet.ts';
import { describe, expectedProfile, profileOf } from './remote-profile.ts';

export interface RemoteModelFilesOptions {
  fleet: Fleet;
  /** What the models of the settings are for: lists of compatible servers do not say it. */
  configured?: ReadonlyMap<string, ModelProfile['kind']>;
  /** Never has an engine download anything. */
  offline?: boolean;
  /** Milliseconds. */
  now?: () => number;
}

/** The models of the engines: those that they list, and the catalogue's, which an Ollama can bring. */
export function createRemoteModelFiles(options: RemoteModelFilesOptions): ModelFiles {
  const { fleet, configured = new Map(), offline = false, now = () => performance.now() } = options;
  const downloads = createSharedDownloads(now);

  async function sitesOf(name: string): Promise<Site[]> {
    if (fleet.sites(name).length === 0) await fleet.looked;
    return fleet.sites(name);
  }

  async function siteOf(name: string): Promise<Site> {
    const [site] = await sitesOf(name);
    if (site !== undefined) return site;
    await profile(name);
    throw new AppError('model_unavailable', { detail: told`No engine has the model ${name}.` });
  }

  async function profile(name: string): Promise<ModelProfile> {
    const [site] = await sitesOf(name);
    const known = site === undefined ? expected(name) : profileOf(name, site.model, configured.get(name));
    if (known !== undefined) return known;
    throw new AppError('model_unknown', { detail: told`Use a name that an engine lists, or one of the catalogue.` });
  }

  function expected(name: string): ModelProfile | undefined {
    return expectedProfile(name, configured.get(name));
  }

  async function pull(name: string, work: Parameters<Parameters<typeof downloads.bring>[0]['work']>[0]): Promise<void> {
    const member = fleet.members.find(({ server, isUsable }) => isUsable && server?.pulls === true);
    if (member?.server === undefined) {
      const detail = told`No engine can bring the model ${name}: start one of them with it, or name one that they have.`;
      throw new AppError('model_unavailable', { detail });
    }
    await member.server.pull(name, work);
    await member.check(work.signal);
  }

  return {
    profile,
    async isInstalled(name) {
      const sites = await sitesOf(name);
      if (sites.length === 0) await profile(name);
      return sites.length > 0;
    },
    async download(name, { signal }) {
      signal.throwIfAborted();
      if ((await sitesOf(name)).length > 0) return;
      if (parseModelName(name) === undefined) await profile(name);
      if (offline) throw new AppError('download_failed', { detail: told`Downloads are switched off by OFFLINE.` });
      const key = name.toLowerCase();
      await downloads.bring({ key, model: name, bytesTotal: null, signal, work: (work) => pull(name, work) });
    },
    async describe(name) {
      const { model } = await siteOf(name);
      return describe(profileOf(name, model, configured.get(name)), model);
    },
    async remove(name) {
      await siteOf(name);
      const removable = fleet.sites(name).filter(({ member }) => member.server?.pulls === true);
      if (removable.length === 0) {
        throw new AppError('forbidden', { detail: told`The engines that have this model were started with it.` });
      }
      const { signal } = new AbortController();
      for (const { member, model } of removable) {
        await member.server?.remove(model.id, signal);
        await member.check(signal);
      }
    },
    downloads: downloads.list,
    async list() {
      await fleet.looked;
      const ids = new Set(fleet.members.flatMap(({ models }) => models.map(({ id }) => id)));
      return Promise.all([...ids].map(async (name) => ({ profile: await profile(name), installed: true })));
    },
  };
}
