import { defineConfig } from 'vitest/config';
import base from './vitest.config.ts';

/** Whole trainings of the bundled model, which take minutes each. */
export default defineConfig({
  ...base,
  test: {
    ...base.test,
    include: ['server/test/training-journeys/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
  },
});
