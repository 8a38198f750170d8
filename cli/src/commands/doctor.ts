import type { Config } from '@billumy/server/config/config';
import { exitCodes, type Command } from '../command.ts';
import { checkService, expectedUrl } from '../doctor/check-service.ts';
import type { Finding } from '../doctor/finding.ts';
import { connectionOptions, serviceUrl } from '../session.ts';

export const doctor: Command = {
  name: 'doctor',
  summary: { pt: 'examina esta máquina e diz o que falta', en: 'examines this machine and says what is missing' },
  usage: '',
  takesWords: false,
  options: {
    url: connectionOptions.url,
  },
  async run(context) {
    const { terminal } = context;
    const { checkFolder, checkMachine, checkNativePackages, checkNode } = await import('../doctor/check-machine.ts');
    const { config, finding } = await readSettings();
    const findings = await Promise.all([
      checkNode(),
      checkNativePackages(),
      Promise.resolve(finding),
      // Where the settings are wrong, the folder is the usual one as far as anybody can tell.
      checkFolder(config?.DATA_DIR ?? './data'),
      checkMachine(),
      checkService(await expectedUrl(serviceUrl(context), config)),
    ]);
    if (terminal.json)
      terminal.writeJson(findings.map(({ check, state, detail }) => ({ check: check.en, state, detail: detail.en })));
    const signs = { ok: 'ok ', warning: ' ! ', problem: ' X ' };
    for (const { check, state, detail } of terminal.json ? [] : findings) {
      terminal.write(`${signs[state]} ${check[terminal.language]}: ${detail[terminal.language]}\n`);
    }
    return findings.some(({ state }) => state === 'problem') ? exitCodes.failed : exitCodes.ok;
  },
};

/** The settings that a service started here would have. */
async function readSettings(): Promise<{ config: Config | undefined; finding: Finding }> {
  const { ConfigError } = await import('@billumy/server/config/config');
  const { loadConfig } = await import('@billumy/server/config/load-config');
  const check = { pt: 'Configurações', en: 'Settings' };
  try {
    const detail = { pt: 'certas', en: 'right' };
    return { config: loadConfig(), finding: { check, state: 'ok', detail } };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const reasons = error.reasons.join('; ');
    return { config: undefined, finding: { check, state: 'problem', detail: { pt: reasons, en: reasons } } };
  }
}
