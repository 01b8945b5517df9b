import { hexOf, noteText, parseNote, type NoteSignature } from '../proof';

/**
 * A note with further cosignatures. Of each key the first and the last stay: the first says from when on the checkpoint was
 * known outside, the last until when nothing larger was.
 */
export function withCosignatures(note: string, further: readonly NoteSignature[]): string {
  const { text, signatures } = parseNote(note);
  const kept: NoteSignature[] = [];
  for (const signature of [...signatures, ...further]) {
    const ofKey = kept.filter((other) => keyOf(other) === keyOf(signature));
    if (ofKey.some((other) => hexOf(other.signature) === hexOf(signature.signature))) continue;
    if (ofKey[1]) kept.splice(kept.indexOf(ofKey[1]), 1);
    kept.push(signature);
  }
  return noteText({ text, signatures: kept });
}

function keyOf({ name, keyId }: NoteSignature): string {
  return `${name}+${hexOf(keyId)}`;
}
