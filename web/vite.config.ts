import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const require = createRequire(import.meta.url);
const service = process.env['BILLUMY_SERVICE'] ?? 'http://127.0.0.1:8000';
const api = ['auth', 'ask', 'conversations', 'documents', 'collections', 'training', 'search', 'insights', 'datasets'];
const more = [
  'models',
  'personas',
  'audit',
  'health',
  'queue',
  'usage',
  'metrics',
  'api',
  'v1',
  'docs',
  'openapi.json',
];

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  // The protocol is read as it is written, so the page needs no other build before its own.
  resolve: {
    conditions: ['source', 'module', 'browser', 'development|production'],
    // Its variant for browsers decodes `&amp;` with innerHTML, which the security policy forbids.
    alias: { 'decode-named-character-reference': require.resolve('decode-named-character-reference') },
  },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // The security policy lets nothing be loaded from an address that is written into a file.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      // Zod is told what it may not do before anything is made with it: in a file with the entry that would come too late,
      // for the files that an entry needs run before it.
      output: { codeSplitting: { groups: [{ name: 'validation', test: /node_modules\/zod\/|src\/validation\.ts$/ }] } },
      onLog(level, log, report) {
        // Marks for servers that render components, which nothing here does.
        if (log.code !== 'MODULE_LEVEL_DIRECTIVE') report(level, log);
      },
    },
  },
  server: {
    port: 5173,
    proxy: Object.fromEntries([...api, ...more].map((name) => [`/${name}`, { target: service }])),
  },
});
