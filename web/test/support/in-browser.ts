import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import { eventually } from '../../../server/test/support/eventually.ts';
import { spawnService, welcomingService, type SpawnedService } from '../../../server/test/support/spawn-service.ts';
import { temporaryFolder } from '../../../server/test/support/temporary-folder.ts';
import { noBrowser, openBrowser, type OpenedBrowser, type VisitorOptions } from './browser.ts';

export const password = 'mangueira-azul-42';

export interface Visit {
  /** Where the service is, such as `http://127.0.0.1:8000`. */
  url(): string;
  /** The login page, in a browser that has never been here. */
  arrive(visitor?: VisitorOptions): Promise<Page>;
  /** The page of somebody who has logged in as the first administrator. */
  enter(visitor?: VisitorOptions): Promise<Page>;
}

/** Tests of the built page, in a real browser, against the built service after its first start, with the samples. */
export function describeInBrowser(name: string, body: (visit: Visit) => void): void {
  const reason = noBrowser === null ? '' : ` (${noBrowser})`;
  describe.skipIf(noBrowser !== null)(`${name}${reason}`, () => {
    let service: SpawnedService | undefined;
    let browser: OpenedBrowser | undefined;
    let folder: Awaited<ReturnType<typeof temporaryFolder>> | undefined;
    beforeAll(async () => {
      folder = await temporaryFolder();
      service = await startService(folder.file('data'));
      browser = await openBrowser();
    });
    afterAll(async () => {
      await browser?.[Symbol.asyncDispose]();
      await service?.[Symbol.asyncDispose]();
      await folder?.[Symbol.asyncDispose]();
    });
    const url = (): string => service?.url ?? '';
    const arrive = async (visitor: VisitorOptions = {}): Promise<Page> => {
      if (browser === undefined) throw new Error('there is no browser');
      return browser.open(url(), visitor);
    };
    body({
      url,
      arrive,
      async enter(visitor) {
        const page = await arrive(visitor);
        await logIn(page);
        return page;
      },
    });
  });
}

async function startService(dataDir: string): Promise<SpawnedService> {
  const service = await spawnService({ DATA_DIR: dataDir, ADMIN_PASSWORD: password }, welcomingService);
  await eventually(async () => {
    if (!/^(?:Ready|Pronto)\b/m.test(service.output())) throw new Error(`it is not ready: ${service.output()}`);
  });
  return service;
}

async function logIn(page: Page): Promise<void> {
  await page.getByLabel(/^(?:Usuário|User name)$/).fill('admin');
  await page.getByLabel(/^(?:Senha|Password)$/).fill(password);
  await page.getByRole('button', { name: /^(?:Entrar|Log in)$/ }).click();
  await page.getByRole('navigation').waitFor();
}
