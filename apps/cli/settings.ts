/** Apart from the program, which loads it when it is needed: an import that waits for that names a file, not a door. */
export { readConfig } from '@khamrap/platform/config';
