import { sha256 as nobleSha256 } from '@noble/hashes/sha2.js';
import { areEqual } from './bytes';

/** SHA-256 of bytes; a program that has a faster one passes it in. */
export type Digest = (bytes: Uint8Array) => Uint8Array;

/** SHA-256 (FIPS 180-4) in plain JavaScript: runs anywhere. */
export const sha256: Digest = (bytes) => nobleSha256(bytes);

export const HASH_BYTES = 32;

/** What the tree of no entries hashes to: SHA-256 of nothing (RFC 6962 §2.1). */
export const EMPTY_ROOT: Uint8Array = sha256(new Uint8Array(0));

const LEAF = 0x00;
const NODE = 0x01;

/** SHA-256(0x00 ‖ entry) (RFC 6962 §2.1). */
export function leafHash(entry: Uint8Array, digest: Digest = sha256): Uint8Array {
  const bytes = new Uint8Array(1 + entry.length);
  bytes[0] = LEAF;
  bytes.set(entry, 1);
  return digest(bytes);
}

/** SHA-256(0x01 ‖ left ‖ right) (RFC 6962 §2.1). */
export function nodeHash(left: Uint8Array, right: Uint8Array, digest: Digest = sha256): Uint8Array {
  // Not by a function that joins any bytes: that takes as long as the digest, and a tree has as many nodes as entries.
  const bytes = new Uint8Array(1 + 2 * HASH_BYTES);
  bytes[0] = NODE;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_BYTES);
  return digest(bytes);
}

/** A tree: how many entries it has, and what it hashes to (32 bytes). */
export interface Tree {
  readonly size: number;
  readonly root: Uint8Array;
}

export interface Inclusion {
  /** Of the entry, from 0. */
  readonly index: number;
  /** Of the tree, in entries. */
  readonly size: number;
  /** Hash of the entry as a leaf, 32 bytes. */
  readonly leaf: Uint8Array;
  /** Hashes of 32 bytes, the sibling of the leaf first. */
  readonly proof: readonly Uint8Array[];
  readonly root: Uint8Array;
}

/** Whether an entry stands at an index of a tree (RFC 9162 §2.1.3.2). */
export function verifyInclusion({ index, size, leaf, proof, root }: Inclusion, digest: Digest = sha256): boolean {
  if (!isIndexOf(index, size) || !areHashes([leaf, root, ...proof])) return false;
  let position = index;
  let last = size - 1;
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      hash = nodeHash(sibling, hash, digest);
      while (!isOdd(position) && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      hash = nodeHash(hash, sibling, digest);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && areEqual(hash, root);
}

export interface Consistency {
  readonly old: Tree;
  readonly new: Tree;
  readonly proof: readonly Uint8Array[];
}

/**
 * Whether the newer tree begins with all entries of the older one, in their order (RFC 9162 §2.1.4.2). Every tree begins with
 * the empty one, and is consistent with itself; the proof is empty then (c2sp.org/tlog-witness).
 */
export function verifyConsistency({ old: older, new: newer, proof }: Consistency, digest: Digest = sha256): boolean {
  if (!isSize(older.size) || !isSize(newer.size) || older.size > newer.size) return false;
  if (!areHashes([older.root, newer.root, ...proof])) return false;
  if (older.size === newer.size) return proof.length === 0 && areEqual(older.root, newer.root);
  if (older.size === 0) return proof.length === 0 && areEqual(older.root, EMPTY_ROOT);
  return isConsistent(older, newer, proof, digest);
}

function isConsistent(older: Tree, newer: Tree, proof: readonly Uint8Array[], digest: Digest): boolean {
  // The older tree is itself one subtree of the newer: its root is not repeated in the proof.
  const path = isPowerOfTwo(older.size) ? [older.root, ...proof] : proof;
  const [first, ...others] = path;
  if (proof.length === 0 || first === undefined) return false;
  let position = older.size - 1;
  let last = newer.size - 1;
  while (isOdd(position)) {
    position = half(position);
    last = half(last);
  }
  let olderHash = first;
  let newerHash = first;
  for (const hash of others) {
    if (last === 0) return false;
    if (isOdd(position) || position === last) {
      olderHash = nodeHash(hash, olderHash, digest);
      newerHash = nodeHash(hash, newerHash, digest);
      while (!isOdd(position) && position !== 0) {
        position = half(position);
        last = half(last);
      }
    } else {
      newerHash = nodeHash(newerHash, hash, digest);
    }
    position = half(position);
    last = half(last);
  }
  return last === 0 && areEqual(olderHash, older.root) && areEqual(newerHash, newer.root);
}

// Sizes pass 2^31, so no operators on bits.
const half = (value: number): number => Math.floor(value / 2);
const isOdd = (value: number): boolean => value % 2 === 1;
const isSize = (size: number): boolean => Number.isSafeInteger(size) && size >= 0;
const isIndexOf = (index: number, size: number): boolean => isSize(index) && isSize(size) && index < size;
const areHashes = (hashes: readonly Uint8Array[]): boolean => hashes.every(({ length }) => length === HASH_BYTES);

function isPowerOfTwo(value: number): boolean {
  let rest = value;
  while (rest > 1 && rest % 2 === 0) rest /= 2;
  return rest === 1;
}
