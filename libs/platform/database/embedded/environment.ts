const PASSED_ON = ['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'];

/**
 * What PostgreSQL's programs see of our environment: not our secrets, not PGDATA and its like, and messages in the
 * language in which postmaster.ts reads them.
 */
export function postgresEnvironment(): NodeJS.ProcessEnv {
  const passedOn = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  return { ...Object.fromEntries(passedOn), LC_ALL: 'C', TZ: 'UTC' };
}
