import { Inject, Injectable } from '@nestjs/common';
import { Rejection, streamName, type FiscalYear, type Position, type StreamName } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { CommandRejected, EVENT_STORE, type EventStore } from '@khamrap/platform/event-store';
import { TransparencyLog } from '@khamrap/platform/transparency';
import { logNow, type LogAt } from './files/log-at';
import { StreamFiles } from './files/stream-files';
import { LogBundles } from './log-bundles';
import { OfficeYears } from './office-years';
import { StreamBundles } from './stream-bundles';
import type { BundleFile } from './zip/bundle-file';
import type { BundleHead } from './zip/manifest';

/** A bundle that can be made: nothing of it is made before it is read. */
export interface Bundle {
  readonly head: BundleHead;
  /** Of the downloaded file. */
  readonly fileName: string;
  /** When the last event that it covers was recorded; milliseconds since 1970. */
  readonly recordedAt: number;
  readonly files: () => AsyncIterable<BundleFile>;
}

/**
 * What an inspector can take away. A bundle is fixed to one checkpoint when it is asked for: the newest that witnesses have
 * cosigned, where nothing of what it is about stands behind that; the newest that is published otherwise. What happens
 * meanwhile is not in it.
 *
 * All are refused with `bundle.nothingSigned` while there is no checkpoint, and with `bundle.nothingDisclosed` where the one
 * who asks may have nothing of it, whether it is there or not.
 */
@Injectable()
export class Bundles {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly streams: StreamFiles,
    private readonly officeYears: OfficeYears,
    private readonly ofStreams: StreamBundles,
    private readonly ofLog: LogBundles,
    private readonly log: TransparencyLog,
  ) {}

  /** @throws CommandRejected */
  async agreement(agreementId: string, requester: Requester | undefined): Promise<Bundle> {
    const stream = streamName('agreement', agreementId);
    const at = await this.#logNow([stream]);
    await this.#requireDisclosed([stream], at, requester);
    return this.#bundle(at, 'agreement', stream, `agreement-${agreementId}`, (head, recordedAt) =>
      this.ofStreams.files({ head, recordedAt, at, agreements: [stream], awards: [], requester }),
    );
  }

  /** @throws CommandRejected */
  async officeYear(office: string, fiscalYear: FiscalYear, requester: Requester | undefined): Promise<Bundle> {
    const [made, awards] = await Promise.all([
      this.officeYears.agreementsOf(office, fiscalYear),
      this.officeYears.awardsOf(office, fiscalYear),
    ]);
    const now = await this.#logNow([]);
    // An agreement of which somebody may have nothing is not theirs to know of: nor may the checkpoint depend on it.
    const agreements = await this.#disclosed(made, now, requester);
    const granted = await this.#disclosed(awards, now, requester);
    if (agreements.length + granted.length === 0) throw nothingDisclosed();
    const at = await this.#logNow([...agreements, ...granted]);
    const name = `${office}-${fiscalYear}`;
    return this.#bundle(at, 'officeYear', `${office}/${fiscalYear}`, name, (head, recordedAt) =>
      this.ofStreams.files({ head, recordedAt, at, agreements, awards: granted, requester }),
    );
  }

  /** Everybody may have the whole log; of what its events say, what is disclosed to them. @throws CommandRejected */
  async wholeLog(requester: Requester | undefined): Promise<Bundle> {
    const at = await this.#logNow([]);
    return this.#bundle(at, 'log', at.checkpoint.origin, `log-${at.size}`, (head, recordedAt) =>
      this.ofLog.files({ head, recordedAt, at, requester }),
    );
  }

  /** @param streams what the bundle is about; the whole log where there are none */
  async #logNow(streams: readonly StreamName[]): Promise<LogAt> {
    const at = await logNow(this.log, async (size): Promise<Position> => {
      if (streams.length === 0) return size - 1;
      const lasts = await Promise.all(streams.map((stream) => this.streams.lastPosition(stream, size)));
      return Math.max(...lasts.map((last) => last ?? 0));
    });
    if (!at) throw new CommandRejected(new Rejection('bundle.nothingSigned'));
    return at;
  }

  async #disclosed(
    streams: readonly StreamName[],
    { size }: LogAt,
    requester: Requester | undefined,
  ): Promise<readonly StreamName[]> {
    const disclosed = await Promise.all(streams.map((stream) => this.streams.isDisclosed(stream, size, requester)));
    return streams.filter((_stream, index) => disclosed[index]);
  }

  async #requireDisclosed(streams: readonly StreamName[], at: LogAt, requester: Requester | undefined): Promise<void> {
    if ((await this.#disclosed(streams, at, requester)).length === 0) throw nothingDisclosed();
  }

  async #bundle(
    { checkpoint: { origin, size } }: LogAt,
    kind: BundleHead['kind'],
    subject: string,
    fileName: string,
    files: (head: BundleHead, recordedAt: number) => AsyncIterable<BundleFile>,
  ): Promise<Bundle> {
    const [last] = await this.store.readLog(size - 1, 1);
    const recordedAt = last?.recordedAt ?? 0;
    const head = { kind, subject, origin, size };
    return { head, fileName: `khamrap-${fileName}.zip`, recordedAt, files: () => files(head, recordedAt) };
  }
}

function nothingDisclosed(): CommandRejected {
  return new CommandRejected(new Rejection('bundle.nothingDisclosed'));
}
