import { areEqual, hexOf, textOf, utf8 } from '../bytes';
import { Malformed } from '../malformed';
import { leafHash, sha256, type Digest } from '../merkle';
import { parseTlogProof, type TlogProof } from '../tlog-proof';
import { BodyChecks } from './body-checks';
import { checkSubject, isOfLog } from './bundle-subject';
import {
  isComplete,
  isEnd,
  nameOf,
  parseHeadProof,
  streamsOf,
  type BundledEvent,
  type BundledStream,
} from './bundled-streams';
import { checkLog, sandwichOf, tellOfTimes, type LogCheck, type LogCheckOptions } from './check-log';
import { checkProof } from './check-receipt';
import { parseDisclosure, type OpenedBody } from './disclosed';
import { checkEvidence, type HeldFile } from './evidence';
import { SourceFailed, type FileSource } from './file-source';
import { Findings, type Finding } from './finding';
import { compareHeld } from './held';
import { keptCheckpoints } from './kept-checkpoints';
import { BUNDLE_FORMAT, ListedFiles, MANIFEST_PATH, parseManifest, type BundleManifest } from './listed-files';
import { openSource, type Opening } from './opening';
import { checkCheckpoint, type TrustedCheckpoint } from './trust';

export interface BundleCheckOptions extends LogCheckOptions {
  /** Files of evidence that the holder has, by hash. */
  readonly evidence?: readonly HeldFile[];
}

/** Whether files are a bundle, which has a manifest, or else a folder of a log. */
export async function isBundle(source: FileSource): Promise<boolean> {
  return (await source.read(MANIFEST_PATH)) !== undefined;
}

/** Checks a bundle that was taken away: a whole log, an agreement, or what an office has of a year. */
export async function checkBundle(source: FileSource, options: BundleCheckOptions = {}): Promise<LogCheck> {
  const findings = new Findings();
  const digest = options.digest ?? sha256;
  try {
    const manifest = manifestOr(await source.read(MANIFEST_PATH), findings);
    if (!manifest) return { findings: findings.list() };
    const files = new ListedFiles(source, manifest.files, findings, digest);
    const check = await checkContents(files, manifest, options, findings);
    const fileCount = await files.readRest();
    if (!findings.broken) findings.add('filesChecked', { subject: String(fileCount) });
    return { ...(check.checkpoint && { checkpoint: check.checkpoint }), findings: findings.list() };
  } catch (error) {
    if (!(error instanceof SourceFailed)) throw error;
    findings.add('unreachable', { subject: error.message });
    return { findings: findings.list() };
  }
}

async function checkContents(
  files: ListedFiles,
  manifest: BundleManifest,
  options: BundleCheckOptions,
  findings: Findings,
): Promise<Pick<LogCheck, 'checkpoint'>> {
  const digest = options.digest ?? sha256;
  if (manifest.kind === 'log') {
    const check = await checkLog(files, { ...options, withBodies: true });
    findings.addAll(check.findings);
    if (check.checkpoint) compareWithManifest(manifest, check.checkpoint, findings);
    if (check.checkpoint && manifest.subject !== manifest.origin)
      findings.add('subjectDiffers', { subject: manifest.subject });
    await checkEvidence(files, undefined, options.evidence ?? [], findings);
    return check;
  }
  const opening = await openSource(files, options.trust, findings);
  if (!opening) return {};
  compareWithManifest(manifest, opening.checkpoint, findings);
  const checking = new EventsChecking(files, opening, digest, findings);
  await checking.run(manifest, options);
  return { checkpoint: opening.checkpoint };
}

/** The events of a bundle that has not the whole log. */
class EventsChecking {
  readonly #bodies: BodyChecks;
  readonly #bodyTexts: string[] = [];
  #names: readonly string[] = [];

  constructor(
    private readonly files: ListedFiles,
    private readonly opening: Opening,
    private readonly digest: Digest,
    private readonly findings: Findings,
  ) {
    this.#bodies = new BodyChecks(findings, digest);
  }

  async run(manifest: BundleManifest, options: BundleCheckOptions): Promise<void> {
    const { findings, opening } = this;
    const { checkpoint, trust, periods } = opening;
    this.#names = await this.files.names();
    const events = await this.#events();
    if (!findings.broken) findings.add('eventsIncluded', { subject: String(events.length) });
    const kept = await keptCheckpoints(this.files, checkpoint, trust, periods, findings);
    this.#judgeTimes(events, [...kept, checkpoint], options.skewMs);
    const streams = streamsOf(events);
    checkSubject(manifest, streams, findings);
    const ended = await this.#checkHeads(events, streams);
    for (const stream of streams.filter((each) => !isOfLog(each))) {
      const isWhole = isComplete(stream, findings);
      const position = stream.events.at(-1)?.leaf.position as number;
      if (isWhole) findings.add('streamComplete', { subject: nameOf(stream), position });
      if (isWhole && !ended.has(stream.reference)) findings.add('nothingAfterUnknown', { subject: nameOf(stream) });
    }
    if (manifest.kind === 'officeYear') findings.add('selectionNotShown');
    await checkEvidence(this.files, this.#bodyTexts, options.evidence ?? [], findings);
    compareHeld(options, opening, events, findings);
    this.#bodies.tell(events.length);
  }

  async #events(): Promise<readonly BundledEvent[]> {
    const positions = this.#names.flatMap((name) => {
      const position = /^entries\/(0|[1-9][0-9]{0,15})\.json$/.exec(name)?.[1];
      return position === undefined ? [] : [Number(position)];
    });
    const events: BundledEvent[] = [];
    for (const position of positions.sort((one, other) => one - other)) {
      const event = await this.#event(position);
      if (event) events.push(event);
    }
    return events;
  }

  async #event(position: number): Promise<BundledEvent | undefined> {
    const { findings, digest } = this;
    const name = `proofs/${position}.tlog-proof`;
    const [entry, proofBytes] = [await this.files.read(`entries/${position}.json`), await this.files.read(name)];
    const about = { subject: name, position };
    const proof = proofBytes && this.#read(about, 'proofMalformed', () => parseTlogProof(textOf(proofBytes)));
    if (!entry || !proof) {
      if (!proofBytes) findings.add('proofWrong', about);
      return undefined;
    }
    if (proof.index !== position) {
      findings.add('proofWrong', about);
      return undefined;
    }
    const checkpoint = this.#checkpointOf(name, proof);
    const leaf = checkpoint && checkProof({ name, proof, entry, checkpoint, digest }, findings);
    if (!leaf) return undefined;
    return { leaf, leafHash: hexOf(leafHash(entry, digest)), body: await this.#body(leaf) };
  }

  /** Verifying a signature takes longer than all else, and proofs of a bundle share their checkpoint. */
  #checkpointOf(name: string, proof: TlogProof): TrustedCheckpoint | undefined {
    const { checkpoint, trust, periods } = this.opening;
    if (proof.checkpoint === checkpoint.note) return checkpoint;
    const { trusted, findings } = checkCheckpoint(name, utf8(proof.checkpoint), trust, periods);
    this.findings.addAll(findings);
    if (!trusted) return undefined;
    const isOther = trusted.size === checkpoint.size && !areEqual(trusted.root, checkpoint.root);
    if (isOther) this.findings.add('notConsistent', { subject: String(trusted.size) });
    return isOther ? undefined : trusted;
  }

  async #body(leaf: BundledEvent['leaf']): Promise<OpenedBody | undefined> {
    const name = `disclosures/${leaf.position}.json`;
    const bytes = await this.files.read(name);
    const { position } = leaf;
    const disclosure =
      bytes && this.#read({ subject: name, position }, 'disclosureMalformed', () => parseDisclosure(bytes));
    if (!disclosure) return undefined;
    if (disclosure.position !== position) {
      this.findings.add('bodyDiffers', { position });
      return undefined;
    }
    const body = this.#bodies.check(leaf, disclosure);
    if (body) this.#bodyTexts.push(disclosure.body);
    return body;
  }

  #judgeTimes(events: readonly BundledEvent[], seen: readonly TrustedCheckpoint[], skewMs?: number): void {
    if (this.#bodies.isSimulated) return;
    const sandwich = sandwichOf(seen, skewMs);
    let isWrong = false;
    let last = '';
    for (const { leaf } of events) {
      const code = leaf.recordedAt < last ? 'timeRunsBackwards' : sandwich.judge(leaf.position, leaf.recordedAt);
      if (code) this.findings.add(code, { position: leaf.position });
      isWrong ||= code !== undefined;
      last = leaf.recordedAt;
    }
    const after = events.find(({ leaf }) => leaf.position >= sandwich.seenSize)?.leaf.position;
    if (!isWrong) tellOfTimes(sandwich.seenSize === 0 ? 0 : events.length, after, this.findings);
  }

  /** @returns the references of the streams that had nothing after what is here */
  async #checkHeads(events: readonly BundledEvent[], streams: readonly BundledStream[]): Promise<ReadonlySet<string>> {
    const ended = new Set<string>();
    for (const name of this.#names.filter((each) => each.startsWith('heads/'))) {
      const bytes = await this.files.read(name);
      const proof = bytes && this.#read({ subject: name }, 'headWrong', () => parseHeadProof(bytes));
      if (!proof) continue;
      const stream = streams.find(({ reference }) => reference === proof.head.stream);
      const record = events.find(({ leaf }) => leaf.position === proof.position);
      if (!isEnd({ name, proof, record, stream, digest: this.digest }, this.findings) || !stream) continue;
      ended.add(stream.reference);
      this.findings.add('nothingAfter', { subject: nameOf(stream), position: proof.position });
    }
    return ended;
  }

  #read<Result>(
    about: Omit<Finding, 'code'>,
    code: 'proofMalformed' | 'disclosureMalformed' | 'headWrong',
    read: () => Result,
  ): Result | undefined {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof Malformed)) throw error;
      this.findings.add(code, about);
      return undefined;
    }
  }
}

function compareWithManifest(
  { origin, size }: BundleManifest,
  checkpoint: TrustedCheckpoint,
  findings: Findings,
): void {
  if (origin !== checkpoint.origin || size !== checkpoint.size) findings.add('manifestMalformed');
}

function manifestOr(bytes: Uint8Array | undefined, findings: Findings): BundleManifest | undefined {
  if (!bytes) {
    findings.add('bundleUnknown', { subject: BUNDLE_FORMAT });
    return undefined;
  }
  try {
    return parseManifest(bytes);
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    findings.add('manifestMalformed');
    return undefined;
  }
}
