import { RequestRefused } from '../problem';

/** Somebody with a page in every window of a few browsers; behind one address, where nobody is known. */
const OF_ONE_COUNT_MAX = 10;
/** Each holds a connection and a few kilobytes, and is passed every change: so many at once leave room for requests. */
const COUNT_MAX = 500;
/** When to try again: about as long as it is until streams whose clients have gone are noticed. */
const RETRY_SECONDS = 30;

/** How many streams are open at once, of everybody and of each. A stream counts from its beginning to its end. */
export class OpenStreams {
  private readonly ofEach = new Map<string, number>();
  private count = 0;

  constructor(
    private readonly ofOneMax = OF_ONE_COUNT_MAX,
    private readonly max = COUNT_MAX,
  ) {}

  /**
   * Counts one more stream.
   * @returns gives it back, once however often it is called
   * @throws RequestRefused when there are as many as may be
   */
  take(key: string): () => void {
    const ofThis = this.ofEach.get(key) ?? 0;
    if (ofThis >= this.ofOneMax) throw tooMany('streamsOfOne');
    if (this.count >= this.max) throw tooMany('streams');
    this.ofEach.set(key, ofThis + 1);
    this.count += 1;
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.count -= 1;
      const left = (this.ofEach.get(key) ?? 1) - 1;
      if (left === 0) this.ofEach.delete(key);
      else this.ofEach.set(key, left);
    };
  }
}

function tooMany(policy: string): RequestRefused {
  return new RequestRefused('quotaExceeded', {
    headers: { 'retry-after': String(RETRY_SECONDS) },
    members: { 'violated-policies': [policy] },
  });
}
