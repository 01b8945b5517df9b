import type { Disclosure } from '@khamrap/platform/transparency/proof';
import type { Position } from '@khamrap/kernel';
import { textFile, type BundleFile } from '../zip/bundle-file';

/** What opens a leaf, as verifiers read it; what the service tells besides is not in it. */
export function disclosureText({ position, stream, salt, body, private: values }: Disclosure): string {
  return JSON.stringify({ position, stream, salt, body, ...(values && { private: values }) });
}

export function disclosureFile(disclosure: Disclosure): BundleFile {
  return textFile(`disclosures/${disclosure.position}.json`, `${disclosureText(disclosure)}\n`);
}

/** All that is disclosed of one bundle of entries, one a line. */
export function disclosuresFile(index: Position, disclosures: readonly Disclosure[]): BundleFile {
  return textFile(`disclosures/${index}.ndjson`, disclosures.map((each) => `${disclosureText(each)}\n`).join(''));
}
