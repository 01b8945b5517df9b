import { LRUCache } from 'lru-cache';
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

/** Of each kind. */
const RECORD_COUNT_MAX = 10_000;

interface Kept {
  readonly payload: AdapterPayload;
}

/**
 * What the embedded issuer remembers between two steps of a sign-in, in memory and bounded: a restart ends what is under way,
 * which for a demonstration is no loss. Each kind has room of its own, or whoever begins many sign-ins and ends none would
 * push out the sessions and codes of those who come to an end.
 */
export function providerStore(): AdapterFactory {
  return () => new RecordsOfOneKind();
}

class RecordsOfOneKind implements Adapter {
  private readonly records = new LRUCache<string, Kept>({ max: RECORD_COUNT_MAX });

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    this.records.set(id, { payload }, expiresIn === undefined ? {} : { ttl: expiresIn * 1_000 });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.records.get(id)?.payload;
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findWhere(({ uid: candidate }) => candidate === uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.findWhere(({ userCode: candidate }) => candidate === userCode);
  }

  async consume(id: string): Promise<void> {
    const found = this.records.get(id);
    // Stays for as long as it would have: that a code comes a second time must be seen.
    if (found) found.payload.consumed = Math.floor(Date.now() / 1_000);
  }

  async destroy(id: string): Promise<void> {
    this.records.delete(id);
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, { payload }] of this.records.entries()) if (payload.grantId === grantId) this.records.delete(id);
  }

  private findWhere(matches: (payload: AdapterPayload) => boolean): AdapterPayload | undefined {
    for (const { payload } of this.records.values()) if (matches(payload)) return payload;
    return undefined;
  }
}
