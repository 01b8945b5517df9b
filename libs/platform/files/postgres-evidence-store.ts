import { createHash, randomUUID } from 'node:crypto';
import type { Pool, QueryResultRow } from 'pg';
import { queryEntitled, type EntitlementName } from '@khamrap/platform/database';
import { unavailableOr } from '@khamrap/platform/event-store';
import { inChunks, SourceFailed } from './chunks';
import {
  EVIDENCE_BYTES_MAX,
  EvidenceMissing,
  EvidenceStore,
  type ByteSpan,
  type EvidenceFile,
  type StoreOutcome,
} from './evidence-store';
import { MediaTypeRecognition } from './media-type-recognition';

/** 1 MB; the table takes no larger ones. */
const CHUNK_BYTES = 1_048_576;
/** Uploads removed by one statement, so that none runs into the role's time limit. */
const SWEEP_COUNT_MAX = 20;

interface FileRow {
  readonly sha256: string;
  readonly byte_count: number;
  readonly media_type: string;
  readonly uploaded_at: Date;
  readonly erased_at: Date | null;
}

/** What came of taking bytes in: the type of a file with the right hash, or why there will be none. */
type Received = { readonly kind: 'whole'; readonly mediaType: string } | StoreOutcome;

/** Keeps evidence in PostgreSQL, in chunks: on every instance, within the backup and the roles of the database. */
export class PostgresEvidenceStore extends EvidenceStore {
  /** @param pool connections of the appending role */
  constructor(private readonly pool: Pool) {
    super();
  }

  async has(sha256: string): Promise<boolean> {
    const file = await this.info(sha256);
    return file !== undefined && file.erasedAtMs === undefined;
  }

  async info(sha256: string): Promise<EvidenceFile | undefined> {
    const [row] = await this.#query<FileRow>(
      'SELECT sha256, byte_count, media_type, uploaded_at, erased_at FROM evidence.file WHERE sha256 = $1',
      [sha256],
    );
    return row && fileOf(row);
  }

  async store(sha256: string, bytes: AsyncIterable<Uint8Array>, uploadedBy: string): Promise<StoreOutcome> {
    const known = await this.#known(sha256);
    if (known?.kind === 'erased') return known;
    if (known) return (await this.#shownBy(uploadedBy, sha256, bytes)) ?? known;
    const upload = randomUUID();
    let isSettled = false;
    try {
      const received = await this.#receive(sha256, bytes, (number, chunk) => this.#keep(upload, number, chunk));
      if (received.kind !== 'whole') return received;
      const [row] = await this.#query<{ is_file: boolean }>(
        'SELECT evidence.finish_upload($1, $2, $3, $4) AS is_file',
        [upload, sha256, received.mediaType, uploadedBy],
      );
      isSettled = true;
      if (!row?.is_file) return (await this.#known(sha256)) as StoreOutcome;
      return { kind: 'stored', file: (await this.info(sha256)) as EvidenceFile };
    } finally {
      // What cannot be taken back now is swept later.
      if (!isSettled) await this.#query('SELECT evidence.abandon_upload($1)', [upload]).catch(() => undefined);
    }
  }

  async isUploader(sha256: string, pseudonym: string): Promise<boolean> {
    return (await this.uploadersOf(sha256)).includes(pseudonym);
  }

  async uploadersOf(sha256: string): Promise<readonly string[]> {
    const rows = await this.#queryAs<{ pseudonym: string }>(
      { evidence: sha256 },
      'SELECT pseudonym FROM evidence.uploader WHERE sha256 = $1 ORDER BY uploaded_at, pseudonym',
      [sha256],
    );
    return rows.map(({ pseudonym }) => pseudonym);
  }

  async filesUploadedBy(pseudonym: string): Promise<readonly EvidenceFile[]> {
    const rows = await this.#queryAs<FileRow>(
      { pseudonym },
      `SELECT sha256, byte_count, media_type, uploader.uploaded_at, erased_at
       FROM evidence.uploader JOIN evidence.file USING (sha256) WHERE pseudonym = $1 ORDER BY uploader.uploaded_at, sha256`,
      [pseudonym],
    );
    return rows.map(fileOf);
  }

  async *read(sha256: string, { first, last }: ByteSpan): AsyncGenerator<Uint8Array> {
    for (let number = Math.floor(first / CHUNK_BYTES); number * CHUNK_BYTES <= last; number++) {
      const begin = number * CHUNK_BYTES;
      const from = Math.max(first - begin, 0);
      const [row] = await this.#queryAs<{ bytes: Buffer }>(
        { evidence: sha256 },
        `SELECT substring(chunk.bytes FROM $3 FOR $4) AS bytes
         FROM evidence.file JOIN evidence.chunk USING (upload_id)
         WHERE file.sha256 = $1 AND chunk.number = $2 AND chunk.number < file.chunk_count`,
        [sha256, number, from + 1, Math.min(last - begin + 1, CHUNK_BYTES) - from],
      );
      if (!row) throw new EvidenceMissing(`chunk ${number} of ${sha256} is not there`);
      yield row.bytes;
    }
  }

  async erase(sha256: string): Promise<boolean> {
    const [row] = await this.#query<{ erased: boolean }>('SELECT evidence.erase_file($1) AS erased', [sha256]);
    return row?.erased === true;
  }

  async sweepOrphans(): Promise<number> {
    for (let sweptInAll = 0; ;) {
      const [row] = await this.#query<{ swept: number }>('SELECT evidence.sweep_uploads($1) AS swept', [
        SWEEP_COUNT_MAX,
      ]);
      const swept = row?.swept ?? 0;
      sweptInAll += swept;
      if (swept < SWEEP_COUNT_MAX) return sweptInAll;
    }
  }

  async #known(sha256: string): Promise<StoreOutcome | undefined> {
    const file = await this.info(sha256);
    return file && { kind: file.erasedAtMs === undefined ? 'known' : 'erased', file };
  }

  /**
   * Whoever sends a file that is there already shows that they have its bytes, and is an uploader from then on; its hash alone
   * would make an uploader of everybody who can read an event. Undefined when it is shown, now or before.
   */
  async #shownBy(
    pseudonym: string,
    sha256: string,
    bytes: AsyncIterable<Uint8Array>,
  ): Promise<StoreOutcome | undefined> {
    if (await this.isUploader(sha256, pseudonym)) return undefined;
    const received = await this.#receive(sha256, bytes, () => Promise.resolve());
    if (received.kind !== 'whole') return received;
    await this.#query('INSERT INTO evidence.uploader (sha256, pseudonym) VALUES ($1, $2) ON CONFLICT DO NOTHING', [
      sha256,
      pseudonym,
    ]);
    return undefined;
  }

  /** Takes chunk after chunk, no faster than `keep` does. */
  async #receive(
    sha256: string,
    bytes: AsyncIterable<Uint8Array>,
    keep: (number: number, chunk: Buffer) => Promise<void>,
  ): Promise<Received> {
    const hash = createHash('sha256');
    const recognition = new MediaTypeRecognition();
    let byteCount = 0;
    let number = 0;
    try {
      for await (const chunk of inChunks(bytes, CHUNK_BYTES)) {
        byteCount += chunk.length;
        if (byteCount > EVIDENCE_BYTES_MAX) return { kind: 'tooLarge' };
        hash.update(chunk);
        recognition.take(chunk);
        await keep(number, chunk);
        number += 1;
      }
    } catch (error) {
      if (error instanceof SourceFailed) return { kind: 'interrupted' };
      throw error;
    }
    if (byteCount === 0) return { kind: 'empty' };
    const actualSha256 = hash.digest('hex');
    if (actualSha256 !== sha256) return { kind: 'hashDiffers', actualSha256 };
    return { kind: 'whole', mediaType: await recognition.mediaType() };
  }

  async #keep(upload: string, number: number, chunk: Buffer): Promise<void> {
    if (number === 0) await this.#query('INSERT INTO evidence.upload (upload_id) VALUES ($1)', [upload]);
    await this.#query('INSERT INTO evidence.chunk (upload_id, number, bytes) VALUES ($1, $2, $3)', [
      upload,
      number,
      chunk,
    ]);
  }

  /** For what row-level security holds back from statements that do not say what they are entitled to. */
  async #queryAs<Row extends QueryResultRow>(
    entitled: Readonly<Partial<Record<EntitlementName, string>>>,
    text: string,
    values: readonly unknown[],
  ): Promise<readonly Row[]> {
    return queryEntitled<Row>(this.pool, entitled, text, values).catch((error: unknown) => {
      throw unavailableOr(error);
    });
  }

  async #query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<readonly Row[]> {
    try {
      return (await this.pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw unavailableOr(error);
    }
  }
}

function fileOf({ sha256, byte_count, media_type, uploaded_at, erased_at }: FileRow): EvidenceFile {
  return {
    sha256,
    byteCount: byte_count,
    mediaType: media_type,
    uploadedAtMs: uploaded_at.getTime(),
    ...(erased_at && { erasedAtMs: erased_at.getTime() }),
  };
}
