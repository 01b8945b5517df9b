// Jest's environment for Node, and one thing more: what V8 has made of a file is kept for the next file of tests in the same worker.
// Each has modules of its own, which Jest compiles anew from the same text: some three thousand for a start of the service, which
// took a second of every suite that has one. Nothing that runs is shared, only what it was compiled to.
const vm = require('node:vm');
const { createRequire } = require('node:module');
const { TestEnvironment } = createRequire(require.resolve('jest'))('jest-environment-node');

const compileFunction = vm.compileFunction;
/** By file name: its text, the script that was first made of it, and V8's cache of that, with the functions that ran. */
const kept = new Map();

// A function that is compiled as such cannot be kept, so it stands in a script. Otherwise as Jest calls it.
vm.compileFunction = function compileFromKept(source, parameters, options) {
  const { filename, parsingContext, importModuleDynamically } = options ?? {};
  if (filename === undefined || parsingContext === undefined) return compileFunction(source, parameters, options);
  const head = `(function (${parameters.join()}) {`;
  const known = kept.get(filename);
  // V8 itself compares no more than the lengths.
  const isKnown = known?.source === source && known.head === head;
  if (isKnown) known.cachedData ??= known.script.createCachedData();
  const text = isKnown ? known.text : `${head}${source}\n})`;
  const script = new vm.Script(text, {
    filename,
    // Stacks name the columns of the file.
    columnOffset: -head.length,
    importModuleDynamically,
    ...(isKnown && { cachedData: known.cachedData }),
  });
  if (!isKnown || script.cachedDataRejected === true) kept.set(filename, { source, head, text, script });
  return script.runInContext(parsingContext);
};

module.exports = TestEnvironment;
