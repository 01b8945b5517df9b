// `npm run benchmark`: builds what it measures, installs what it compares with, then runs main.ts. JavaScript, because
// nothing has been built or transpiled when it starts.
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const root = path.resolve(__dirname, '../..');

function runOrExit(command, commandArguments) {
  const { status } = spawnSync(command, commandArguments, { cwd: root, stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) process.exit(status ?? 1);
}

if (!fs.existsSync(path.join(__dirname, 'node_modules', '@event-driven-io', 'emmett-postgresql'))) {
  runOrExit('npm', ['ci', '--prefix', __dirname, '--no-audit', '--no-fund']);
}
runOrExit(process.execPath, [path.join(root, 'apps', 'build-when-changed.cjs')]);
require('../../libs/testing/program/run-typescript.cjs');
require('./main.ts');
