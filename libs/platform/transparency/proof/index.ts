export { areEqual, base64Of, bytesOfBase64, bytesOfHex, hexOf, textOf, utf8, wholeNumberOf } from './bytes';
export { checkpointText, parseCheckpoint, readCheckpoint, type Checkpoint } from './checkpoint';
export {
  bodyHashOf,
  digestOfPrivateValue,
  privateValueOf,
  streamReference,
  streamSaltOf,
  type Disclosure,
  type PrivateValue,
} from './disclosure';
export { Frontier } from './frontier';
export { leafText, parseLeaf, type Leaf } from './leaf';
export { Malformed } from './malformed';
export {
  EMPTY_ROOT,
  HASH_BYTES,
  leafHash,
  nodeHash,
  sha256,
  verifyConsistency,
  verifyInclusion,
  type Consistency,
  type Digest,
  type Inclusion,
  type Tree,
} from './merkle';
export {
  cosignatureBytes,
  cosignedMessage,
  KEY_TYPES,
  noteText,
  parseNote,
  parseSignatureLines,
  parseVerifierKey,
  signatureLine,
  verifiedSignatures,
  verifierKey,
  verifierKeyText,
  type Note,
  type NoteSignature,
  type VerifiedSignature,
  type VerifierKey,
} from './note';
export { parsePolicy, policyText, reachesQuorum, type Policy, type Witness } from './policy';
export { streamHeadHash, streamHeadText, type StreamHead } from './stream-heads';
export { bundleOf, entriesOf, parseTilePath, TILE_WIDTH, tilePath, tilesOf, tileWidth, type TileName } from './tiles';
export { parseTlogProof, tlogProofText, type TlogProof } from './tlog-proof';
export { rootOfTile, TreeReader, type ReadTile } from './tree-reader';
export { addCheckpointText, parseAddCheckpoint, TLOG_SIZE_TYPE, type AddCheckpoint } from './witness-protocol';
export * from './verify';
