import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // Workers and children run the built files, so a build precedes every run.
    globalSetup: ['server/test/support/build.ts'],
    include: ['{protocol,server,cli,scripts,bench}/**/*.test.ts'],
    exclude: ['**/dist/**', '**/node_modules/**'],
    // Workers and engine children share two cores: more files at once only wait for each other.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
