import { createHash } from 'node:crypto';
import { NATIVE, PROVINCES, type DomainEvent, type StreamName } from '@khamrap/kernel';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import {
  actualReported,
  amendmentApproved,
  amendmentRequested,
  drafted,
  indicatorAdded,
  MAKER,
  READY_DRAFT,
  RECEIVER,
  targetSet,
  tookEffect,
  TRANSCRIBED,
} from '../../../libs/slices/agreements/domain/agreement.examples';
import { actualCertified, actualReturned } from '../../../libs/slices/agreements/domain/figures/actuals.examples';

/** Events of one agreement: drafted, agreed upon, reported on in three rounds, two of which are closed. */
export const EVENTS_OF_AN_AGREEMENT = 100;
const INDICATOR_COUNT = 8;
const OFFICES_OF_A_PROVINCE = 28;
/** Agreements that go on at the same time: the same step of all of them, one after another. */
const COHORT_COUNT = 2_500;
const BEGIN_MS = Date.UTC(2022, 9, 1);
const BETWEEN_MS = 60_000;

const SUBJECTS = [
  'ร้อยละของผู้ประกอบการ',
  'จำนวนครัวเรือนยากจน',
  'รายได้จากการท่องเที่ยว',
  'ความสำเร็จของการพัฒนา',
  'มูลค่าผลิตภัณฑ์ชุมชน',
];
const OBJECTS = ['โอทอป', 'ผ้าหม้อห้อม', 'ไม้สักแปรรูป', 'เกษตรอินทรีย์', 'สมุนไพร', 'กาแฟ', 'ปศุสัตว์', 'แหล่งน้ำ'];
/** In the names of indicators of one agreement among so many. */
export const RARE = { text: 'บ้านทุ่งโฮ้งเหนือ', among: 5_000 } as const;
export const FREQUENT = 'ที่เพิ่มขึ้นในปีงบประมาณ';
export const MEDIUM = 'ผ้าหม้อห้อม';

const ROUNDS = [
  ['6m', '2026-10-01..2027-03-31'],
  ['9m', '2027-04-01..2027-06-30'],
  ['12m', '2027-07-01..2027-09-30'],
] as const;

/** One agreement of many. */
export interface TrailAgreement {
  readonly number: number;
  readonly id: string;
  readonly province: string;
  readonly office: string;
  readonly actor: string;
}

export function trailAgreement(number: number): TrailAgreement {
  const province = PROVINCES[number % PROVINCES.length]!.code;
  const office = `${province.toLowerCase()}-${Math.floor(number / PROVINCES.length) % OFFICES_OF_A_PROVINCE}`;
  return { number, id: idOf(`agreement ${number}`), province, office, actor: idOf(`actor ${office}`) };
}

export const trailIndicator = (agreement: TrailAgreement, index: number): string => idOf(`${agreement.id} ${index}`);

/** A log of events from a position on, at most so many. */
export function trailEvents(from: number, count: number, cohort = COHORT_COUNT): DecodedEvent[] {
  return Array.from({ length: count }, (_, index) => eventAt(from + index, cohort));
}

function eventAt(position: number, cohortCount: number): DecodedEvent {
  const [cohort, within] = [
    Math.floor(position / (cohortCount * EVENTS_OF_AN_AGREEMENT)),
    position % (cohortCount * EVENTS_OF_AN_AGREEMENT),
  ];
  const step = Math.floor(within / cohortCount);
  const agreement = trailAgreement(cohort * cohortCount + (within % cohortCount));
  const { type, data } = happening(agreement, step);
  const commandId = idOf(`command ${position}`);
  return {
    eventId: idOf(`event ${position}`),
    stream: `agreement-${agreement.id}` as StreamName,
    revision: step,
    type,
    schemaVersion: 1,
    decidedAt: new Date(BEGIN_MS + position * BETWEEN_MS).toISOString(),
    actor: { id: agreement.actor, role: 'officeHead', office: agreement.office },
    commandId,
    requestHash: '',
    correlationId: commandId,
    provenance: agreement.number % 20 === 0 ? TRANSCRIBED : NATIVE,
    basis: [],
    data,
    position,
    recordedAtMs: BEGIN_MS + position * BETWEEN_MS,
  };
}

function happening(agreement: TrailAgreement, step: number): DomainEvent {
  const { province, office } = agreement;
  const leadOffice = { officeId: office, officeName: `สำนักงานแห่งที่ ${office}` };
  const indicatorId = trailIndicator(agreement, step % INDICATOR_COUNT);
  if (step === 0)
    return drafted({
      province,
      parties: [
        { ...MAKER, officeId: office },
        { ...RECEIVER, officeId: `${province}-governor` },
      ],
    });
  if (step <= 8) return indicatorAdded({ indicatorId, leadOffice, name: nameOf(agreement, step) });
  if (step <= 16) return targetSet({ indicatorId });
  if (step === 17) return tookEffect(READY_DRAFT);
  const [round, span] = ROUNDS[Math.min(2, Math.floor((step - 18) / 25))]!;
  const within = (step - 18) % 25;
  if (within < 8) return actualReported({ indicatorId, span });
  if (within < 16) return actualCertified({ indicatorId, span });
  if (within === 16) return actualReturned({ indicatorId, span });
  // Of the last round nothing is published yet.
  if (within === 17 && round !== '12m') return closed(round, span);
  return within % 2 === 0 ? amendmentRequested({ effectiveFrom: dayOf(agreement) }) : amendmentApproved();
}

function nameOf({ number }: TrailAgreement, step: number): string {
  const name = `${SUBJECTS[(number + step) % SUBJECTS.length]}${OBJECTS[(number * 7 + step) % OBJECTS.length]}${FREQUENT}`;
  return number % RARE.among === 1 ? `${name} ${RARE.text}` : name;
}

function closed(round: string, span: string): DomainEvent {
  const data = {
    round,
    span,
    revision: 1,
    closedOn: '2027-04-15',
    closedBy: 'person',
    indicators: [],
    scheme: { schemeId: 'example', ruleVersion: 1, calendarVersion: 1 },
    targetsMet: 0,
    targetsJudged: 0,
  };
  return { type: 'EvaluationRoundClosed', data };
}

function dayOf({ number }: TrailAgreement): never {
  return `2027-${String((number % 12) + 1).padStart(2, '0')}-01` as never;
}

function idOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)].join('-');
}
