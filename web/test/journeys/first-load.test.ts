import { expect, it } from 'vitest';
import { describeInBrowser } from '../support/in-browser.ts';

const mostBytes = 200 * 1024;

describeInBrowser('the first load', ({ arrive, enter }) => {
  it('takes less than 200 KB to ask a question, compressed', async () => {
    const page = await enter();
    await page.getByRole('textbox', { name: 'Sua pergunta' }).waitFor();
    const bytes = await page.evaluate(() =>
      [...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource')].reduce(
        (sum, entry) => sum + (entry instanceof PerformanceResourceTiming ? entry.transferSize : 0),
        0,
      ),
    );
    expect(bytes).toBeGreaterThan(50 * 1024);
    expect(bytes).toBeLessThan(mostBytes);
  });

  it('breaks no rule of its own security policy, and reports no error', async () => {
    const page = await arrive();
    const told: string[] = [];
    page.on('console', (message) => void (message.type() === 'error' ? told.push(message.text()) : undefined));
    page.on('pageerror', (error) => void told.push(error.message));
    await page.reload();
    await page.getByRole('button', { name: 'Entrar' }).waitFor();
    expect(told).toEqual([]);
  });
});
