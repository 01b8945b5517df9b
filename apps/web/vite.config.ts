import * as path from 'node:path';
import { defineConfig } from 'vite';
import { singleFile } from './single-file.config';

const ROOT = path.resolve(__dirname, '../..');

/** Pages for browsers: one folder each, served under the name of the folder. */
export default defineConfig({
  root: __dirname,
  base: '/',
  publicDir: false,
  resolve: {
    alias: {
      '@khamrap/kernel': path.join(ROOT, 'libs/kernel/index.ts'),
      '@khamrap/platform/transparency/proof': path.join(ROOT, 'libs/platform/transparency/proof/index.ts'),
    },
  },
  build: {
    // Browsers of 2022 and later, which have modules in workers.
    target: ['chrome105', 'firefox114', 'safari16'],
    assetsDir: 'verify',
    assetsInlineLimit: 0,
    modulePreload: false,
    rolldownOptions: { input: path.join(__dirname, 'verify/index.html') },
  },
  plugins: [singleFile({ page: 'verify/index.html', file: 'verify.html' })],
});
