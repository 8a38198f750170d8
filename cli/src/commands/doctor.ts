import { access, constants, mkdir, statfs } from 'node:fs/promises';
import { createServer } from 'node:net';
import { availableParallelism, totalmem } from 'node:os';
import { resolve } from 'node:path';
import { connect } from '@billumy/protocol';
import { exitCodes, type Command } from '../command.ts';
import { serviceUrl, defaultUrl } from '../session.ts';
import type { Text } from '../texts.ts';

interface Finding {
  check: Text;
  state: 'ok' | 'warning' | 'problem';
  /** What was found, and what to do about it. */
  detail: Text;
}

const smallestFreeBytes = 3e9;
const smallestMemory = 2e9;

export const doctor: Command = {
  name: 'doctor',
  summary: { pt: 'examina esta máquina e diz o que falta', en: 'examines this machine and says what is missing' },
  usage: '[--url URL]',
  options: { url: { type: 'string' } },
  async run(context) {
    const { terminal } = context;
    const findings = await Promise.all([
      checkNode(),
      checkNativePackages(),
      checkFolder(),
      checkMachine(),
      checkService(serviceUrl(context) ?? defaultUrl),
    ]);
    if (terminal.json)
      terminal.writeJson(findings.map(({ check, state, detail }) => ({ check: check.en, state, detail: detail.en })));
    const signs = { ok: 'ok ', warning: ' ! ', problem: ' X ' };
    for (const { check, state, detail } of terminal.json ? [] : findings) {
      terminal.write(`${signs[state]} ${check[terminal.language]}: ${detail[terminal.language]}\n`);
    }
    return findings.some((finding) => finding.state === 'problem') ? exitCodes.failed : exitCodes.ok;
  },
};

async function checkNode(): Promise<Finding> {
  const version = process.versions.node;
  return { check: { pt: 'Node', en: 'Node' }, state: 'ok', detail: { pt: version, en: version } };
}

async function checkNativePackages(): Promise<Finding> {
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

async function checkFolder(): Promise<Finding> {
  const folder = resolve(process.env['DATA_DIR'] ?? './data');
  const check = { pt: 'Pasta de dados', en: 'Data folder' };
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
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

async function checkMachine(): Promise<Finding> {
  const memory = `${(totalmem() / 1e9).toFixed(1)} GB, ${availableParallelism()} CPU`;
  return {
    check: { pt: 'Máquina', en: 'Machine' },
    state: totalmem() < smallestMemory ? 'warning' : 'ok',
    detail:
      totalmem() < smallestMemory
        ? {
            pt: `${memory}: pouca memória para o modelo padrão; o nano funciona`,
            en: `${memory}: little memory for the default model; nano works`,
          }
        : { pt: memory, en: memory },
  };
}

async function checkService(url: string): Promise<Finding> {
  const check = { pt: 'Serviço', en: 'Service' };
  try {
    await connect({ url }).json('/health', { signal: AbortSignal.timeout(3000) });
    return { check, state: 'ok', detail: { pt: `responde em ${url}`, en: `answers at ${url}` } };
  } catch {
    if (await portIsFree(Number(new URL(url).port || 80))) {
      return {
        check,
        state: 'warning',
        detail: { pt: 'desligado; ligue com npm start', en: 'not running; start it with npm start' },
      };
    }
    return {
      check,
      state: 'problem',
      detail: {
        pt: `outro programa usa o endereço ${url}: escolha outra PORT`,
        en: `another program uses ${url}: choose another PORT`,
      },
    };
  }
}

function portIsFree(port: number): Promise<boolean> {
  return new Promise((resolvePort) => {
    const probe = createServer();
    probe.once('error', () => resolvePort(false));
    probe.listen(port, '127.0.0.1', () => probe.close(() => resolvePort(true)));
  });
}
