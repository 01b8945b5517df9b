import type { AwardCorrected, AwardGranted } from '@khamrap/awards/events';
import type { InspectionRoundOpened } from '@khamrap/inspections/events';
import { textArray, int8Array } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionWriter } from '@khamrap/platform/projections';
import type { AwardOnRound, EvidenceUse, OpenInspection } from '../../domain/detection/around';
import { placeOfUse } from '../../domain/detection/find-in-evidence';
import { officesOf, type AgreementMemory, type ToldEvent } from '../../domain/detection/memory';
import { AWARD, INSPECTION, USE } from './questions.tables';

/** How many places one file is compared with: more would say nothing new. */
const USE_COUNT_MAX = 50;

interface KnownInspection extends OpenInspection {
  readonly isOpen: boolean;
}

/**
 * What figures and rounds are held against that stands in other streams: files that were named before, awards, inspections. Read
 * from tables of the projection for each batch, with what the batch itself adds; inspections are few and kept.
 */
export class Neighbours {
  #uses = new Map<string, EvidenceUse[]>();
  #newUses: EvidenceUse[] = [];
  #awards = new Map<string, Map<string, AwardOnRound>>();
  #newAwards = new Map<string, AwardOnRound>();
  #inspections: Map<string, KnownInspection> | undefined;
  #changedInspections = new Set<string>();

  /** Has at hand what a batch will ask for. */
  async prepare(batch: readonly DecodedEvent[], { client, schema }: ProjectionWriter): Promise<void> {
    this.#uses = new Map();
    this.#awards = new Map();
    const hashes = new Set(batch.flatMap(hashesIn));
    if (hashes.size > 0) {
      const { rows } = await client.query<{ sha256: string; use: string }>(
        `SELECT u.sha256, u.use FROM unnest($1::text[]) AS a(sha256) CROSS JOIN LATERAL (SELECT * FROM ${schema}.${USE} AS u
         WHERE u.sha256 = a.sha256 ORDER BY u.position, u.place, u.span LIMIT ${USE_COUNT_MAX}) AS u ORDER BY u.position`,
        [textArray([...hashes])],
      );
      for (const { use } of rows) this.#know(JSON.parse(use) as EvidenceUse);
    }
    const reopened = batch.filter(({ type }) => type === 'EvaluationRoundReopened');
    if (reopened.length > 0) {
      const ids = reopened.map(({ stream }) => stream.slice('agreement-'.length));
      const { rows } = await client.query<{ award: string }>(
        `SELECT award FROM ${schema}.${AWARD} WHERE agreement_id = ANY ($1::text[]) ORDER BY award_id`,
        [textArray([...new Set(ids)])],
      );
      for (const { award } of rows) this.#knowAward(JSON.parse(award) as AwardOnRound);
    }
    if (this.#inspections) return;
    const { rows } = await client.query<{ inspection: string }>(`SELECT inspection FROM ${schema}.${INSPECTION}`);
    const known = rows.map(({ inspection }) => JSON.parse(inspection) as KnownInspection);
    this.#inspections = new Map(known.map((inspection) => [inspection.roundId, inspection]));
  }

  uses(sha256: string): readonly EvidenceUse[] {
    return this.#uses.get(sha256) ?? [];
  }

  awards(agreementId: string): readonly AwardOnRound[] {
    const awards = [...(this.#awards.get(agreementId)?.values() ?? [])];
    return awards.toSorted((one, other) => (one.awardId < other.awardId ? -1 : 1));
  }

  inspections(province: string | null): readonly OpenInspection[] {
    if (province === null) return [];
    const all = [...(this.#inspections?.values() ?? [])];
    return all
      .filter((inspection) => inspection.isOpen && inspection.provinces.includes(province))
      .toSorted((one, other) => one.link.position - other.link.position);
  }

  /** Takes in the files of a figure. */
  takeFigure(memory: AgreementMemory, { event, link }: ToldEvent): void {
    const { evidence, span, indicatorId } = event.data as {
      evidence: { sha256: string }[];
      span: string;
      indicatorId: string;
    };
    const { agreementId, heading } = memory;
    const place = placeOfUse(heading.province, agreementId);
    for (const { sha256 } of evidence) {
      if (this.uses(sha256).some((use) => use.place === place && use.span === span)) continue;
      const offices = officesOf(memory, indicatorId);
      const use = { sha256, place, span, agreementId, province: heading.province ?? null, offices, link };
      this.#know(use);
      this.#newUses.push(use);
    }
  }

  takeAward(award: AwardOnRound): void {
    this.#knowAward(award);
    this.#newAwards.set(award.awardId, award);
  }

  /** The award no longer rests on a round, or no longer counts. */
  dropAward(awardId: string, link: AwardOnRound['link']): void {
    this.takeAward({ awardId, agreementId: '', round: '', closureRevision: null, revoked: true, link });
  }

  /** Only what happened here, in the order in which it happened, can come before a correction. */
  takeInspection(roundId: string, { event, link, day, isTranscribed }: ToldEvent): void {
    const known = this.#inspections?.get(roundId);
    if (isTranscribed && !known) return;
    const changed = inspectionAfter(known, roundId, event, { link, day });
    if (!changed) return;
    this.#inspections?.set(roundId, changed);
    this.#changedInspections.add(roundId);
  }

  /** Writes what the batch has added. */
  async write({ client, schema }: ProjectionWriter): Promise<void> {
    if (this.#newUses.length > 0) {
      const uses = this.#newUses;
      await client.query(
        `INSERT INTO ${schema}.${USE} (sha256, place, span, position, use)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::bigint[], $5::text[]) ON CONFLICT DO NOTHING`,
        [
          textArray(uses.map(({ sha256 }) => sha256)),
          textArray(uses.map(({ place }) => place)),
          textArray(uses.map(({ span }) => span)),
          int8Array(uses.map(({ link }) => link.position)),
          textArray(uses.map((use) => JSON.stringify(use))),
        ],
      );
    }
    if (this.#newAwards.size > 0) {
      const awards = [...this.#newAwards.values()];
      await client.query(
        `INSERT INTO ${schema}.${AWARD} (award_id, agreement_id, award)
         SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
         ON CONFLICT (award_id) DO UPDATE SET agreement_id = excluded.agreement_id, award = excluded.award`,
        [
          textArray(awards.map(({ awardId }) => awardId)),
          textArray(awards.map(({ agreementId }) => agreementId)),
          textArray(awards.map((award) => JSON.stringify(award))),
        ],
      );
    }
    if (this.#changedInspections.size > 0) {
      const ids = [...this.#changedInspections];
      const changed = ids.map((id) => JSON.stringify(this.#inspections?.get(id)));
      await client.query(
        `INSERT INTO ${schema}.${INSPECTION} (round_id, inspection) SELECT * FROM unnest($1::text[], $2::text[])
         ON CONFLICT (round_id) DO UPDATE SET inspection = excluded.inspection`,
        [textArray(ids), textArray(changed)],
      );
    }
    this.#newUses = [];
    this.#newAwards = new Map();
    this.#changedInspections = new Set();
  }

  #know(use: EvidenceUse): void {
    const known = this.#uses.get(use.sha256);
    if (!known) this.#uses.set(use.sha256, [use]);
    else if (known.length < USE_COUNT_MAX) known.push(use);
  }

  #knowAward(award: AwardOnRound): void {
    for (const ofAgreement of this.#awards.values()) ofAgreement.delete(award.awardId);
    const awards = this.#awards.get(award.agreementId) ?? new Map<string, AwardOnRound>();
    this.#awards.set(award.agreementId, awards.set(award.awardId, award));
  }
}

function hashesIn({ type, data }: DecodedEvent): readonly string[] {
  if (type !== 'ActualReported' && type !== 'ActualCorrected') return [];
  return (data['evidence'] as { sha256: string }[]).map(({ sha256 }) => sha256);
}

/** The round of which an award says that it rests on it; undefined where it says of none. */
export function awardOnRound(awardId: string, { event, link }: ToldEvent): AwardOnRound | undefined {
  const stated =
    event.type === 'AwardCorrected'
      ? (event.data as AwardCorrected['data']).granted
      : (event.data as AwardGranted['data']);
  const { agreementId, round, closureRevision = null } = stated?.basisAgreement ?? {};
  if (agreementId === undefined || round === undefined) return undefined;
  return { awardId, agreementId, round, closureRevision, revoked: false, link };
}

function inspectionAfter(
  known: KnownInspection | undefined,
  roundId: string,
  event: ToldEvent['event'],
  opened: Pick<OpenInspection, 'link' | 'day'>,
): KnownInspection | undefined {
  switch (event.type) {
    case 'InspectionRoundOpened':
      return { roundId, ...whomOf(event.data as InspectionRoundOpened['data']), ...opened, isOpen: true };
    case 'InspectionRoundRevised':
      return known && { ...known, ...whomOf(event.data as InspectionRoundOpened['data']) };
    case 'InspectionRoundClosed':
      return known && { ...known, isOpen: false };
    case 'InspectionRoundReopened':
      return known && { ...known, isOpen: true };
    default:
      return undefined;
  }
}

function whomOf({ number, provinces, inspectedUnits }: InspectionRoundOpened['data']) {
  return {
    number: number.printed,
    provinces: provinces.flatMap(({ province, isInspected }) => (isInspected ? [province] : [])),
    offices: inspectedUnits.flatMap(({ officeId }) => officeId ?? []),
  };
}
