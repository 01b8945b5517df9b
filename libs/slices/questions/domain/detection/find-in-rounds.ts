import type {
  ActualCertified,
  AmendmentApproved,
  EvaluationRoundClosed,
  EvaluationRoundReopened,
} from '@khamrap/agreements/events';
import { toldSpan } from '@khamrap/kernel';
import type { Around, AwardOnRound } from './around';
import { placeIn, toldIndicator, watchOfAward, watchOfCell, type Finding } from './finding';
import {
  cellKey,
  liesIn,
  type AgreementMemory,
  type Cell,
  type Link,
  type RememberedRound,
  type ToldEvent,
} from './memory';

/** A figure that was corrected because a closed round was opened again: one question, which the next closing adds to. */
export function correctedSinceReopening(
  memory: AgreementMemory,
  round: RememberedRound,
  cell: Pick<Cell, 'indicatorId' | 'span' | 'officeId'> & { readonly value?: string | undefined },
  links: readonly Link[],
  closing?: { readonly link: Link; readonly total: string | undefined },
): Finding {
  const { indicatorId, span, officeId } = cell;
  const { agreementId } = memory;
  const [named, days] = [toldIndicator(memory, indicatorId), toldSpan(span)];
  const value = cell.value === undefined ? { th: '', en: '' } : { th: `เป็น ${cell.value} `, en: ` to ${cell.value}` };
  const [was, is] = [round.total ?? '–', closing?.total ?? '–'];
  const total = closing
    ? { th: ` คะแนนรวมเปลี่ยนจาก ${was} เป็น ${is}`, en: `; the total went from ${was} to ${is}` }
    : { th: '', en: '' };
  return {
    rule: 'correctedAfterRoundWasClosed',
    subject: [agreementId, indicatorId, span, officeId, String(round.revision)],
    place: placeIn(memory, { indicatorId, span, round: round.round }),
    restsOn: [round.closed, ...(round.reopened ? [round.reopened] : []), ...links, ...(closing ? [closing.link] : [])],
    measures: {},
    seen: {
      th: `แก้ไขผลของ${named.th} ช่วง ${days.th} ${value.th}หลังปิดรอบ ${round.round} ครั้งที่ ${round.revision} แล้ว${total.th}`,
      en: `The figure of ${named.en}, ${days.en}, was corrected${value.en} after closing ${round.revision} of round ${round.round}${total.en}.`,
    },
    watch: watchOfCell(agreementId, indicatorId, span, officeId),
  };
}

/** What the closing of a round gives to ask, before it is taken in. */
export function findInClosing(memory: AgreementMemory, told: ToldEvent<EvaluationRoundClosed>): Finding[] {
  const { round, span, total, closedBy, revision } = told.event.data;
  const cells = [...memory.indicators.values()].flatMap((indicator) =>
    [...indicator.cells.values()].filter((cell) => liesIn(cell.span, span)),
  );
  const place = placeIn(memory, { round, span });
  const own = cells.find(({ by }) => by === closedBy);
  return [
    ...closedAgain(memory, memory.rounds.get(round), cells, { link: told.link, total }),
    ...(own
      ? [sameHand([memory.agreementId, 'closing', round, String(revision)], place, [own.first, told.link], CLOSED)]
      : []),
    ...withoutEvidence(memory, told, cells, place),
  ];
}

function closedAgain(
  memory: AgreementMemory,
  before: RememberedRound | undefined,
  cells: readonly Cell[],
  closing: { readonly link: Link; readonly total: string | undefined },
): Finding[] {
  const reopened = before?.reopened;
  if (!before || !reopened) return [];
  return cells.flatMap((cell) => {
    const since = cell.corrections.filter(
      ({ link, isTranscribed }) => !isTranscribed && link.position > reopened.position,
    );
    const links = since.map(({ link }) => link);
    return links.length > 0 ? [correctedSinceReopening(memory, before, cell, links, closing)] : [];
  });
}

const LINKED_COUNT_MAX = 20;
/** Figures that no file could support. */
const WITHOUT_FIGURE: readonly string[] = ['notAvailable', 'narrative'];

function withoutEvidence(
  memory: AgreementMemory,
  { event, link }: ToldEvent<EvaluationRoundClosed>,
  cells: readonly Cell[],
  place: Finding['place'],
): Finding[] {
  const { round, revision } = event.data;
  const figures = cells.filter(({ kind }) => !WITHOUT_FIGURE.includes(kind));
  const bare = figures.filter(({ evidence }) => evidence.length === 0);
  if (bare.length === 0) return [];
  const first = bare.slice(0, LINKED_COUNT_MAX).map((cell) => cell.first);
  return [
    {
      rule: 'figuresWithoutEvidence',
      subject: [memory.agreementId, round, String(revision)],
      place,
      restsOn: [...first, link],
      measures: { sharePercent: ((bare.length / figures.length) * 100).toFixed(2) },
      seen: {
        th: `ปิดรอบ ${round} โดยผล ${bare.length} จาก ${figures.length} รายการไม่มีหลักฐานแนบ`,
        en: `Round ${round} was closed with ${bare.length} of ${figures.length} figures that no file supports.`,
      },
      watch: null,
    },
  ];
}

/** An award for a closing that is set aside. */
export function findInReopening(
  memory: AgreementMemory,
  { event, link }: ToldEvent<EvaluationRoundReopened>,
  around: Around,
): Finding[] {
  const { round, revision } = event.data;
  const closed = memory.rounds.get(round)?.closed;
  return around
    .awards(memory.agreementId)
    .filter((award) => award.round === round && !award.revoked && (award.closureRevision ?? revision) <= revision)
    .map((award) => onSuperseded(memory, award, closed, link));
}

/** An award that is granted for a closing which had been set aside by then. */
export function findInAward(memory: AgreementMemory, award: AwardOnRound): Finding[] {
  const round = memory.rounds.get(award.round);
  if (!round) return [];
  const isReplaced = award.closureRevision !== null && award.closureRevision < round.revision;
  if (!isReplaced && !round.reopened) return [];
  return [onSuperseded(memory, award, round.closed, round.reopened)];
}

function onSuperseded(
  memory: AgreementMemory,
  award: AwardOnRound,
  closed: Link | undefined,
  reopened: Link | undefined,
): Finding {
  const { awardId, round, closureRevision } = award;
  const links = [closed, award.link, reopened].flatMap((link) => link ?? []);
  const which = closureRevision === null ? '' : ` ${closureRevision}`;
  return {
    rule: 'awardOnSupersededResult',
    subject: [awardId, memory.agreementId, round, String(closureRevision ?? '')],
    place: placeIn(memory, { round }),
    restsOn: links.toSorted((one, other) => one.position - other.position),
    measures: {},
    seen: {
      th: `รางวัลอ้างผลการปิดรอบ ${round} ครั้งที่${which || ' –'} ซึ่งเปิดใหม่แล้ว`,
      en: `An award rests on closing${which} of round ${round}, which was set aside.`,
    },
    watch: watchOfAward(awardId),
  };
}

const CERTIFIED = { th: 'ผู้รายงานผลเป็นผู้ตรวจรับรองเอง', en: 'Who reported the figure certified it too.' };
const CLOSED = { th: 'ผู้รายงานผลเป็นผู้ปิดรอบการประเมินเอง', en: 'Who reported a figure of the round closed it too.' };
const APPROVED = { th: 'ผู้ขอเปลี่ยนแปลงเป็นผู้อนุมัติเอง', en: 'Who asked for the amendment approved it too.' };

export function findInCertification(memory: AgreementMemory, { event, link }: ToldEvent<ActualCertified>): Finding[] {
  const { indicatorId, span, officeId, step, certifiedBy } = event.data;
  const cell = memory.indicators.get(indicatorId)?.cells.get(cellKey(span, officeId));
  if (!cell || step === 'keeper' || cell.by !== certifiedBy) return [];
  const subject = [memory.agreementId, indicatorId, span, officeId ?? '', step, link.eventId];
  return [sameHand(subject, placeIn(memory, { indicatorId, span }), [cell.first, link], CERTIFIED)];
}

export function findInApproval(memory: AgreementMemory, { event, link }: ToldEvent<AmendmentApproved>): Finding[] {
  const { amendmentId, approvedBy } = event.data;
  const amendment = memory.amendments.get(amendmentId);
  if (amendment?.requestedBy !== approvedBy) return [];
  return [sameHand([memory.agreementId, amendmentId], placeIn(memory), [...amendment.links, link], APPROVED)];
}

function sameHand(
  subject: readonly string[],
  place: Finding['place'],
  restsOn: readonly Link[],
  seen: Finding['seen'],
): Finding {
  return { rule: 'sameHandReportedAndApproved', subject, place, restsOn, measures: {}, seen, watch: null };
}
