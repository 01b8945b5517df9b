// Node's own modules and nothing else: also for programs that are small and load nothing of the service.
export { createFileOnce, ignoreAbsence, makePrivateFolder } from './create-file-once';
export { readIfPresent, syncFolder, writePrivateFile } from './write-private-file';
