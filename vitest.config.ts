import { defineConfig } from 'vitest/config';
import { LongestFirst } from './server/test/support/longest-first.ts';

export default defineConfig({
  resolve: { conditions: ['source'] },
  ssr: { resolve: { conditions: ['source'] } },
  test: {
    // Workers and children run the built files, so a build precedes every run.
    globalSetup: ['server/test/support/build.ts'],
    include: ['{protocol,server,cli,web,scripts,bench}/**/*.test.ts'],
    // Trainings take minutes each, and pages need a browser: vitest.trainings.config.ts and vitest.browser.config.ts have them.
    exclude: ['**/dist/**', '**/node_modules/**', '**/training-journeys/**', 'web/test/journeys/**'],
    // Workers and engine children share two cores: more files at once only wait for each other.
    maxWorkers: 2,
    // Files share what they import: a process for each would load the same modules hundreds of times.
    isolate: false,
    sequence: { sequencer: LongestFirst },
    // Generous, because a busy machine is no failure; what hangs still ends.
    testTimeout: 90_000,
    hookTimeout: 90_000,
    expect: { poll: { timeout: 60_000 } },
  },
});
