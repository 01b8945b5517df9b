import { checkBundle, severityOf } from '../../libs/platform/transparency/proof/verify';

/** The files of a bundle, by their paths. */
export type Files = ReadonlyMap<string, Buffer>;

/** The files as a verifier asks for them. */
export const sourceOf = (files: Files) => ({
  read: (name: string) => Promise.resolve(files.get(name)),
  names: () => Promise.resolve([...files.keys()]),
});

/** The codes of what a verifier says that is not as it should be, or could not be checked. */
export async function faultsOf(files: Files): Promise<readonly string[]> {
  const { findings } = await checkBundle(sourceOf(files));
  return findings.filter((finding) => ['broken', 'unchecked'].includes(severityOf(finding))).map(({ code }) => code);
}
