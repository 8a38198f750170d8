import { spawnService, welcomingService, type SpawnedService } from '../../../server/test/support/spawn-service.ts';
import { eventually } from '../../../server/test/support/eventually.ts';
import { temporaryFolder } from '../../../server/test/support/temporary-folder.ts';
import type { Page } from 'playwright-core';

export const password = 'mangueira-azul-42';

/** The built service after its first start, with the samples. */
export async function startService(): Promise<SpawnedService> {
  const folder = await temporaryFolder();
  const settings = { DATA_DIR: folder.file('data'), ADMIN_PASSWORD: password };
  const service = await spawnService(settings, welcomingService);
  await eventually(async () => {
    if (!/^(?:Ready|Pronto)\b/m.test(service.output())) throw new Error(`it is not ready: ${service.output()}`);
  });
  return {
    ...service,
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      await folder[Symbol.asyncDispose]();
    },
  };
}

/** Logs in as the first administrator. */
export async function logIn(page: Page): Promise<void> {
  await page.getByLabel(/^(?:Usuário|User name)$/).fill('admin');
  await page.getByLabel(/^(?:Senha|Password)$/).fill(password);
  await page.getByRole('button', { name: /^(?:Entrar|Log in)$/ }).click();
  await page.getByRole('navigation').waitFor();
}
