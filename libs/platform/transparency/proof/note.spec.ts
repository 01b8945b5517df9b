import * as nodeCrypto from 'node:crypto';
import { base64Of, hexOf, utf8 } from './bytes';
import { checkpointText, parseCheckpoint } from './checkpoint';
import { Malformed } from './malformed';
import { EMPTY_ROOT } from './merkle';
import {
  cosignatureBytes,
  cosignedMessage,
  KEY_TYPES,
  noteText,
  parseNote,
  parseVerifierKey,
  verifiedSignatures,
  verifierKey,
  verifierKeyText,
  type VerifierKey,
} from './note';
import { parsePolicy, policyText, reachesQuorum } from './policy';
import { parseTlogProof, tlogProofText } from './tlog-proof';
import { addCheckpointText, parseAddCheckpoint } from './witness-protocol';

interface Signer {
  readonly key: VerifierKey;
  sign(text: string, seconds?: number): { name: string; keyId: Uint8Array; signature: Uint8Array };
}

/** Keys and signatures of Node's own cryptography, which shares nothing with the code under test. */
function signer(name: string, type: number = KEY_TYPES.ed25519): Signer {
  const { privateKey, publicKey } = nodeCrypto.generateKeyPairSync('ed25519');
  const key = verifierKey(name, type, publicKey.export({ format: 'der', type: 'spki' }).subarray(-32));
  return {
    key,
    sign: (text, seconds = 0) => {
      const isCosigner = type === KEY_TYPES.cosignature;
      const made = nodeCrypto.sign(null, isCosigner ? cosignedMessage(text, seconds) : utf8(text), privateKey);
      return { name, keyId: key.id, signature: isCosigner ? cosignatureBytes(seconds, made) : made };
    },
  };
}

const LOG = signer('khamrap.phrae.go.th/log');
const NACC = signer('nacc.or.th', KEY_TYPES.cosignature);
const TEXT = checkpointText({ origin: LOG.key.name, size: 0, root: EMPTY_ROOT });

describe('vkeys', () => {
  it('have the hash that the specification gives (c2sp.org/signed-note)', () => {
    const vkey = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
    const key = parseVerifierKey(vkey);
    expect([key.name, hexOf(key.id), key.type]).toEqual(['PeterNeumann', 'c74f20a3', KEY_TYPES.ed25519]);
    expect(verifierKeyText(key)).toBe(vkey);
  });

  it('are refused when they are not whole, of another kind, or not their own hash', () => {
    const vkey = verifierKeyText(LOG.key);
    const [name, id, key] = vkey.split('+') as [string, string, string];
    const other = base64Of(Uint8Array.of(2, ...LOG.key.publicKey));
    for (const wrong of [
      '',
      name,
      `${name}+${id}`,
      `${name}+00000000+${key}`,
      `${name}+${id}+${other}`,
      `a b+${id}+${key}`,
      `${vkey}x`,
    ])
      expect(() => parseVerifierKey(wrong)).toThrow(Malformed);
  });
});

describe('signed notes', () => {
  const note = noteText({ text: TEXT, signatures: [LOG.sign(TEXT), NACC.sign(TEXT, 1_795_000_000)] });

  it('are verified by the keys that are known, and tell when a cosigner saw them', () => {
    const verified = verifiedSignatures(parseNote(note), [LOG.key, NACC.key]);
    expect(verified).toEqual([{ key: LOG.key }, { key: NACC.key, time: 1_795_000_000 }]);
    expect(verifiedSignatures(parseNote(note), [signer('somebody.else').key])).toEqual([]);
  });

  it('are rejected whole when a known key has not signed this text', () => {
    const changed = parseNote(note.replace('\n0\n', '\n1\n'));
    expect(() => verifiedSignatures(changed, [LOG.key])).toThrow(Malformed);
    expect(() => verifiedSignatures(changed, [NACC.key])).toThrow(Malformed);
    const { text, signatures } = parseNote(note);
    const later = {
      ...signatures[1]!,
      signature: Uint8Array.from(signatures[1]!.signature, (byte, at) => (at === 7 ? byte ^ 1 : byte)),
    };
    expect(() => verifiedSignatures({ text, signatures: [later] }, [NACC.key])).toThrow(Malformed);
  });

  it.each([
    ['without an empty line', note.replace('\n\n', '\n')],
    ['without a signature', `${TEXT}\n`],
    ['that does not end', note.slice(0, -1)],
    ['with a control character', note.replace('0', '\t')],
    ['with another dash', note.replace('\u2014', '-')],
    ['with a signature of nothing', `${TEXT}\n\u2014 a AAAAAA==\n`],
    ['with base64 that is not canonical', `${TEXT}\n\u2014 a AAAAAAB=\n`],
    ['with too many signatures', `${TEXT}\n${'\u2014 a AAAAAAE=\n'.repeat(65)}`],
  ])('%s are none', (_what, wrong) => {
    expect(() => parseNote(wrong)).toThrow(Malformed);
  });

  it('end their text at the last empty line', () => {
    const text = 'a\n\nb\n';
    expect(parseNote(noteText({ text, signatures: [LOG.sign(text)] })).text).toBe(text);
  });
});

describe('checkpoints', () => {
  it('are read as they are written, extensions passed over', () => {
    expect(parseCheckpoint(TEXT)).toEqual({ origin: LOG.key.name, size: 0, root: EMPTY_ROOT });
    expect(parseCheckpoint(`${TEXT}more\n`).size).toBe(0);
  });

  it.each([['x\n01\nAA==\n'], ['x\n1\nAA==\n'], ['\n1\n\n'], [TEXT.slice(0, -1)], [TEXT.replace('\n0\n', '\n-1\n')]])(
    '%j is none',
    (wrong) => {
      expect(() => parseCheckpoint(wrong)).toThrow(Malformed);
    },
  );
});

describe('what travels', () => {
  const checkpoint = noteText({ text: TEXT, signatures: [LOG.sign(TEXT)] });
  const hashes = [EMPTY_ROOT, Uint8Array.from({ length: 32 }, (_, index) => index)];

  it('a proof, also with something written into it that nobody vouches for', () => {
    const proof = { index: 7, hashes, checkpoint };
    const text = tlogProofText(proof);
    expect(text.startsWith('c2sp.org/tlog-proof@v1\nindex 7\n')).toBe(true);
    expect(parseTlogProof(text)).toEqual(proof);
    expect(parseTlogProof(text.replace('index', 'extra AAAA\nindex'))).toEqual(proof);
    expect(parseTlogProof(tlogProofText({ ...proof, hashes: [] }))).toEqual({ ...proof, hashes: [] });
    for (const wrong of [
      '',
      text.replace('@v1', '@v2'),
      text.replace('index 7', 'index x'),
      text.replace('index 7\n', ''),
    ])
      expect(() => parseTlogProof(wrong)).toThrow(Malformed);
  });

  it('a request to a witness', () => {
    const request = { oldSize: 3, proof: hashes, checkpoint };
    expect(parseAddCheckpoint(addCheckpointText(request))).toEqual(request);
    expect(parseAddCheckpoint(addCheckpointText({ ...request, proof: [] })).proof).toEqual([]);
    for (const wrong of [
      '',
      'old 3\n',
      `old x\n\n${checkpoint}`,
      `new 3\n\n${checkpoint}`,
      `old 3\n${'A\n'.repeat(64)}\n${checkpoint}`,
    ])
      expect(() => parseAddCheckpoint(wrong)).toThrow(Malformed);
  });
});

describe('policies (c2sp.org/tlog-policy)', () => {
  const SAO = signer('sao.go.th', KEY_TYPES.cosignature);
  const OPDC = signer('opdc.go.th', KEY_TYPES.cosignature);
  const TEXT_OF_POLICY = [
    '# whom Phrae believes',
    `log ${verifierKeyText(LOG.key)}`,
    `witness nacc ${verifierKeyText(NACC.key)} https://nacc.or.th/witness`,
    `witness sao ${verifierKeyText(SAO.key)}`,
    `witness opdc ${verifierKeyText(OPDC.key)}`,
    'group auditors 2 nacc sao opdc',
    'group everybody all auditors opdc',
    'quorum everybody',
    '',
  ].join('\n');

  it('say who is enough', () => {
    const policy = parsePolicy(TEXT_OF_POLICY);
    expect(policy.witnesses.map(({ name, url }) => [name, url])).toEqual([
      ['nacc', 'https://nacc.or.th/witness'],
      ['sao', undefined],
      ['opdc', undefined],
    ]);
    const enough = (...names: string[]): boolean => reachesQuorum(policy, new Set(names));
    expect([
      enough(),
      enough('opdc'),
      enough('nacc', 'sao'),
      enough('nacc', 'opdc'),
      enough('nacc', 'sao', 'opdc'),
    ]).toEqual([false, false, false, true, true]);
    expect(parsePolicy(policyText(policy))).toEqual(policy);
    expect(reachesQuorum(parsePolicy('quorum none\n'), new Set())).toBe(true);
  });

  it.each([
    ['no quorum', 'quorum everybody', ''],
    ['two quorums', 'quorum everybody', 'quorum auditors\nquorum none'],
    ['a quorum of nobody', 'quorum everybody', 'quorum x'],
    ['a member that comes later', 'auditors 2 nacc', 'auditors 2 everybody'],
    ['more than its members', 'auditors 2', 'auditors 4'],
    ['nobody needed', 'auditors 2', 'auditors 0'],
    ['a name twice', 'witness sao', 'witness nacc'],
    ['the key of a log for a witness', verifierKeyText(SAO.key), verifierKeyText(LOG.key)],
    ['an address of another kind', 'https://nacc', 'file://nacc'],
    ['a word that is none', '# whom', 'whom'],
  ])('with %s are refused, and the line is named', (_what, good, wrong) => {
    expect(() => parsePolicy(TEXT_OF_POLICY.replace(good, wrong))).toThrow(Malformed);
  });
});
