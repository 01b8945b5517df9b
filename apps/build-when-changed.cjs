'use strict';
// Builds what `npm start` runs, unless it is newer than every source: a restart after a crash must not wait for a compiler.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.dirname(__dirname);
const mark = path.join(root, 'dist', '.built');
const sources = ['apps', 'libs', 'package-lock.json', 'tsconfig.json', 'nest-cli.json'];

function newestChangeMs(entry) {
  const stat = fs.statSync(entry);
  if (!stat.isDirectory()) return stat.mtimeMs;
  // A folder's own time tells of files that were removed or renamed.
  const inside = fs.readdirSync(entry).map((name) => newestChangeMs(path.join(entry, name)));
  return Math.max(stat.mtimeMs, ...inside);
}

const changedMs = Math.max(...sources.map((source) => newestChangeMs(path.join(root, source))));
if (!fs.existsSync(mark) || fs.statSync(mark).mtimeMs < changedMs) {
  fs.rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  const nest = require.resolve('@nestjs/cli/bin/nest.js', { paths: [root] });
  const { status } = spawnSync(process.execPath, [nest, 'build', 'khamrap'], { cwd: root, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  fs.writeFileSync(mark, '');
}
