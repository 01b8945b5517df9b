// Preloaded by start-program.ts (`node --require`): lets plain Node run the repository's TypeScript, transpiled and with
// doors resolved exactly as Jest does it. JavaScript, because nothing has been transpiled yet when it runs.
const { createHash } = require('node:crypto');
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');

const root = path.resolve(__dirname, '../../..');
const jestConfig = require(path.join(root, 'jest.config.js'));

const [, swcOptions] = Object.values(jestConfig.transform)[0];
const doors = Object.entries(jestConfig.moduleNameMapper).map(([pattern, target]) => ({
  pattern: new RegExp(pattern),
  target: target.replace('<rootDir>', root),
}));

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function resolveThroughDoors(request, ...rest) {
  const door = doors.find(({ pattern }) => pattern.test(request));
  return resolveFilename.call(this, door ? request.replace(door.pattern, door.target) : request, ...rest);
};

// Programs are started again and again by the tests of faults, and transpiling takes longer than starting. What was made of
// a file stands under the digest of all that it was made from.
const kept = path.join(root, 'node_modules/.cache/run-typescript');
const madeBy = JSON.stringify([require('@swc/core/package.json').version, swcOptions]);

Module._extensions['.ts'] = function loadTypeScript(module, filename) {
  const source = readFileSync(filename, 'utf8');
  const digest = createHash('sha256').update(madeBy).update(filename).update(source).digest('hex');
  module._compile(transpiled(path.join(kept, `${digest}.js`), source, filename), filename);
};

// Stacks name the lines of our files. Reading the maps of every package besides would take a third of a start, and no fault is
// looked for there. A map is read when its file is compiled.
const loadJavaScript = Module._extensions['.js'];
Module._extensions['.js'] = function loadWithoutMap(module, filename) {
  process.setSourceMapsEnabled(false);
  try {
    loadJavaScript(module, filename);
  } finally {
    process.setSourceMapsEnabled(true);
  }
};

function transpiled(file, source, filename) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Loaded only where it has something to do: it is a program of some megabytes.
    const { code } = require('@swc/core').transformSync(source, { ...swcOptions, filename });
    keep(file, code);
    return code;
  }
}

function keep(file, code) {
  try {
    mkdirSync(kept, { recursive: true });
    // Written aside and moved into place: another program may look at the same moment.
    writeFileSync(`${file}.${process.pid}`, code);
    renameSync(`${file}.${process.pid}`, file);
  } catch {
    // Another user may read the repository and not write to it; then each start transpiles anew.
  }
}

// A test that dies without stopping its programs must not leave them behind; a program may have its own way to end.
process.on('disconnect', () => {
  if (process.listenerCount('disconnect') === 1) process.kill(process.pid, 'SIGKILL');
});
// The channel itself keeps nobody alive.
process.channel?.unref();
