import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** The built page in a real browser, against the built service. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['web/test/journeys/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    // Each file has a browser and a service of its own.
    maxWorkers: 1,
    isolate: true,
  },
});
