import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionWriter } from '@khamrap/platform/projections';
import { subjectsOf, type BasisChange } from '../../domain/award.basis';
import type { AwardEvent } from '../../domain/award.events';
import { basisIn } from './award-rows';
import {
  AWARD_SELECTION,
  awardBasisTable,
  awardRowOf,
  awardTable,
  type AwardRow,
  type StoredAward,
} from './awards.table';

/** The awards that the events of a batch change, and what last happened to what they rest on: as before it, then as it goes. */
export class AwardsInBatch {
  readonly #awards = new Map<string, AwardRow>();
  readonly #changes = new Map<string, BasisChange>();

  static async read(writer: ProjectionWriter, batch: readonly DecodedEvent[]): Promise<AwardsInBatch> {
    const inBatch = new AwardsInBatch();
    const changed = batch.filter(({ type }) => CHANGING.has(type)).map(({ stream }) => idIn(stream));
    const moved = batch.filter(({ stream }) => stream.startsWith('agreement-')).map(({ stream }) => idIn(stream));
    await inBatch.#readAwards(writer, changed, moved);
    const stated = batch.flatMap((event) => agreementIn(event) ?? []);
    const rested = [...inBatch.#awards.values()].flatMap((row) => row.basis_agreement_id ?? []);
    await inBatch.#readChanges(writer, [...new Set([...stated, ...rested])]);
    return inBatch;
  }

  /** @throws Error when the award was never stated */
  award(awardId: string): AwardRow {
    const row = this.#awards.get(awardId);
    if (!row) throw new Error(`award ${awardId} was changed before it was stated`);
    return row;
  }

  keepAward(row: AwardRow): void {
    this.#awards.set(row.award_id, row);
  }

  awardsRestingOn(agreementId: string, subject: string): readonly AwardRow[] {
    return [...this.#awards.values()].filter((row) => {
      const basis = row.basis_agreement_id === agreementId ? basisIn(row) : undefined;
      return basis !== undefined && subjectsOf(basis).includes(subject);
    });
  }

  changeOf(agreementId: string, subject: string): BasisChange | undefined {
    return this.#changes.get(`${agreementId}/${subject}`);
  }

  keepChange(agreementId: string, subject: string, change: BasisChange): void {
    this.#changes.set(`${agreementId}/${subject}`, change);
  }

  async #readAwards(
    { client, schema }: ProjectionWriter,
    awardIds: readonly string[],
    agreementIds: readonly string[],
  ): Promise<void> {
    if (awardIds.length + agreementIds.length === 0) return;
    const { rows } = await client.query<StoredAward>(
      `SELECT ${AWARD_SELECTION} FROM ${schema}.${awardTable.name} AS award
       WHERE award_id = ANY($1::uuid[]) OR basis_agreement_id = ANY($2::uuid[])`,
      [awardIds, agreementIds],
    );
    for (const row of rows) this.keepAward(awardRowOf(row));
  }

  async #readChanges({ client, schema }: ProjectionWriter, agreementIds: readonly string[]): Promise<void> {
    if (agreementIds.length === 0) return;
    const { rows } = await client.query<StoredChange>(
      `SELECT agreement_id, subject, type, event_id, revision, from_position FROM ${schema}.${awardBasisTable.name}
       WHERE agreement_id = ANY($1::uuid[])`,
      [agreementIds],
    );
    for (const { agreement_id, subject, type, event_id, revision, from_position } of rows)
      this.keepChange(agreement_id, subject, { type, eventId: event_id, revision, position: from_position });
  }
}

const CHANGING: ReadonlySet<string> = new Set(['AwardCorrected', 'AwardRevoked'] satisfies AwardEvent['type'][]);

interface StoredChange {
  readonly agreement_id: string;
  readonly subject: string;
  readonly type: BasisChange['type'];
  readonly event_id: string;
  readonly revision: number | null;
  readonly from_position: number;
}

function idIn(stream: string): string {
  return stream.slice(stream.indexOf('-') + 1);
}

/** The agreement on which a statement of the batch rests. */
function agreementIn(event: DecodedEvent): string | undefined {
  const stated = event as unknown as AwardEvent;
  if (stated.type === 'AwardGranted') return stated.data.basisAgreement?.agreementId;
  return stated.type === 'AwardCorrected' ? stated.data.granted?.basisAgreement?.agreementId : undefined;
}
