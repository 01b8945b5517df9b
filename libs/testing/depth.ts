/** Whether this run has the time for depth: `npm run test:deep`. The everyday suite goes over fewer seeds. */
const IS_DEEP = process.env['KHAMRAP_DEPTH'] === 'deep';

/** How many repetitions, or how large a case, a test takes: every day, and where there is the time. */
export function byDepth<Choice>(everyday: Choice, deep: Choice): Choice {
  return IS_DEEP ? deep : everyday;
}
