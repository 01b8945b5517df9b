'use strict';
// Builds what `npm start` runs, unless it is newer than every source: a restart after a crash must not wait for a compiler.
// `node apps/build-when-changed.cjs page` looks at the pages for browsers only, which are built in a second.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);
const dist = path.join(root, 'dist');
const pages = path.join(dist, 'apps', 'web');

const PROGRAM = {
  mark: path.join(dist, '.built'),
  sources: ['apps', 'libs', 'package-lock.json', 'tsconfig.json', 'nest-cli.json'],
  except: ['apps/web'],
  build() {
    fs.rmSync(dist, { recursive: true, force: true });
    run('@nestjs/cli/bin/nest.js', 'build', 'khamrap');
  },
};

const PAGES = {
  mark: path.join(pages, '.built'),
  // What a page may import: libs/README.md.
  sources: ['apps/web', 'libs/kernel', 'libs/platform/transparency/proof', 'package-lock.json', 'tsconfig.json'],
  except: [],
  build() {
    // Beside the old ones, then put in their place: a service that is running always finds whole ones.
    const made = path.join(dist, `.web-${process.pid}`);
    const config = path.join(root, 'apps', 'web', 'vite.config.ts');
    run('vite/bin/vite.js', 'build', '--config', config, '--outDir', made, '--emptyOutDir', '--logLevel', 'warn');
    fs.rmSync(pages, { recursive: true, force: true });
    fs.mkdirSync(path.dirname(pages), { recursive: true });
    fs.renameSync(made, pages);
  },
};

function run(program, ...programArguments) {
  const file = path.join(root, 'node_modules', program);
  // Vite would warn at every build of how it may want its configuration to be written some day.
  const env = { ...process.env, VITE_CONFIG_NATIVE_IGNORE_WARNING: 'true' };
  const { status } = spawnSync(process.execPath, [file, ...programArguments], { cwd: root, stdio: 'inherit', env });
  if (status !== 0) process.exit(status ?? 1);
}

function newestChangeMs(source, except) {
  if (except.includes(source)) return 0;
  const stat = fs.statSync(path.join(root, source));
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time tells of files that were removed or renamed.
  const inside = fs.readdirSync(path.join(root, source)).map((name) => newestChangeMs(`${source}/${name}`, except));
  return Math.max(stat.mtimeMs, ...inside);
}

function buildWhenChanged({ mark, sources, except, build }) {
  const changedMs = Math.max(...sources.map((source) => newestChangeMs(source, except)));
  if (fs.existsSync(mark) && fs.statSync(mark).mtimeMs >= changedMs) return;
  build();
  fs.writeFileSync(mark, '');
}

for (const part of process.argv[2] === 'page' ? [PAGES] : [PROGRAM, PAGES]) buildWhenChanged(part);
