import { randomUUID } from 'node:crypto';
import { rm, statfs, writeFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { makeFolder } from '@billumy/server/process/make-folder';
import type { Finding } from './finding.ts';

const smallestFreeBytes = 3e9;
const smallestMemory = 2e9;

export async function checkNode(): Promise<Finding> {
  const version = process.versions.node;
  return { check: { pt: 'Node', en: 'Node' }, state: 'ok', detail: { pt: version, en: version } };
}

/** Whether the packages with compiled parts are there. */
export async function checkNativePackages(): Promise<Finding> {
  const check = { pt: 'Partes nativas', en: 'Native parts' };
  const missing: string[] = [];
  for (const name of ['libsql', '@node-rs/argon2', 'node-llama-cpp']) {
    // Loading node-llama-cpp itself would start threads: finding it is enough here.
    await (name === 'node-llama-cpp' ? Promise.resolve(import.meta.resolve(name)) : import(name)).catch(() =>
      missing.push(name),
    );
  }
  if (missing.length === 0) return { check, state: 'ok', detail: { pt: 'instaladas', en: 'installed' } };
  const names = missing.join(', ');
  return {
    check,
    state: 'problem',
    detail: {
      pt: `faltam ${names}: rode npm ci --ignore-scripts`,
      en: `${names} missing: run npm ci --ignore-scripts`,
    },
  };
}

/** Whether data can be kept in the folder, and how much. */
export async function checkFolder(directory: string): Promise<Finding> {
  const folder = resolve(directory);
  const check = { pt: 'Pasta de dados', en: 'Data folder' };
  try {
    await makeFolder(folder);
    await writeAnything(folder);
  } catch {
    return {
      check,
      state: 'problem',
      detail: {
        pt: `${folder} não pode ser escrita: escolha outra com DATA_DIR`,
        en: `${folder} cannot be written: choose another by DATA_DIR`,
      },
    };
  }
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const gigabytes = `${folder}, ${(free / 1e9).toFixed(1)} GB`;
  if (free >= smallestFreeBytes)
    return { check, state: 'ok', detail: { pt: `${gigabytes} livres`, en: `${gigabytes} free` } };
  return {
    check,
    state: 'warning',
    detail: { pt: `${gigabytes} livres: os modelos pedem 3 GB`, en: `${gigabytes} free: the models need 3 GB` },
  };
}

/** Permissions do not tell of disks that are full or read-only. */
async function writeAnything(folder: string): Promise<void> {
  const path = join(folder, `doctor-${randomUUID()}`);
  await writeFile(path, 'doctor', { flag: 'wx', mode: 0o600 });
  await rm(path);
}

export async function checkMachine(): Promise<Finding> {
  const memory = `${(totalmem() / 1e9).toFixed(1)} GB, ${availableParallelism()} CPU`;
  const check = { pt: 'Máquina', en: 'Machine' };
  if (totalmem() >= smallestMemory) return { check, state: 'ok', detail: { pt: memory, en: memory } };
  return {
    check,
    state: 'warning',
    detail: {
      pt: `${memory}: pouca memória para o modelo padrão; o nano funciona`,
      en: `${memory}: little memory for the default model; nano works`,
    },
  };
}
