// Preloaded by start-program.ts (`node --require`): lets plain Node run the repository's TypeScript, transpiled and with
// doors resolved exactly as Jest does it. JavaScript, because nothing has been transpiled yet when it runs.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const path = require('node:path');
const { transformSync } = require('@swc/core');

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

Module._extensions['.ts'] = function loadTypeScript(module, filename) {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...swcOptions, filename });
  module._compile(code, filename);
};

// A test that dies without stopping its programs must not leave them behind; a program may have its own way to end.
process.on('disconnect', () => {
  if (process.listenerCount('disconnect') === 1) process.kill(process.pid, 'SIGKILL');
});
// The channel itself keeps nobody alive.
process.channel?.unref();
