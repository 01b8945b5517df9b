import type { Fact, Names } from '@khamrap/audit/events';
import {
  toldAlike,
  toldDay,
  toldList,
  toldProvince,
  UNSTATED,
  type BothLanguages,
  type IsoDate,
} from '@khamrap/kernel';
import type {
  Finding,
  InspectionEvent,
  InspectionRound,
  RecommendationMade,
  Severity,
} from './domain/inspection.events';
import { inspectedProvinces } from './domain/round.decide';

/** What is told of a round, as far as its reader was told of its events. */
export interface ToldInspection {
  readonly round?: InspectionRound;
  readonly status?: 'open' | 'closed';
  readonly noFindings?: string;
  readonly findings: ReadonlyMap<string, ToldFinding>;
  readonly recommendations: ReadonlyMap<string, RecommendationMade['data']>;
}

type Standing = keyof typeof STANDINGS;

interface ToldFinding {
  readonly finding?: Finding;
  readonly standing?: Standing;
  readonly dueOn?: IsoDate;
}

export const NOTHING_TOLD: ToldInspection = { findings: new Map(), recommendations: new Map() };

export const SEVERITY_WORDS: Readonly<Record<Severity, BothLanguages>> = {
  low: { th: 'น้อย', en: 'low' },
  medium: { th: 'ปานกลาง', en: 'medium' },
  high: { th: 'มาก', en: 'high' },
  critical: { th: 'ร้ายแรง', en: 'critical' },
  notStated: UNSTATED,
};
const STANDINGS = {
  recorded: { th: 'บันทึกแล้ว', en: 'recorded' },
  responded: { th: 'ชี้แจงแล้ว รอพิจารณา', en: 'answered' },
  insufficient: { th: 'คำชี้แจงยังไม่เพียงพอ', en: 'answer insufficient' },
  accepted: { th: 'รับคำชี้แจง', en: 'answer accepted' },
  resolved: { th: 'แก้ไขเสร็จสิ้น', en: 'resolved' },
  reopened: { th: 'เปิดอีกครั้ง', en: 'opened again' },
  withdrawn: { th: 'ถอนแล้ว', en: 'withdrawn' },
} as const satisfies Record<string, BothLanguages>;

/** What is told after one more event. */
export function toldAfter(told: ToldInspection, event: InspectionEvent): ToldInspection {
  switch (event.type) {
    case 'InspectionRoundOpened': {
      const { openedBy: _openedBy, ...round } = event.data;
      return { ...told, round, status: 'open' };
    }
    case 'InspectionRoundRevised': {
      const { revisedBy: _revisedBy, reason: _reason, ...round } = event.data;
      return { ...told, round };
    }
    case 'InspectionRoundClosed':
      return { ...told, status: 'closed' };
    case 'InspectionRoundReopened':
      return { ...told, status: 'open' };
    case 'NoFindingsStated':
      return { ...told, noFindings: event.data.statement };
    case 'NoFindingsVoided': {
      const { noFindings: _noFindings, ...rest } = told;
      return rest;
    }
    case 'InspectionVisitRecorded':
    case 'FindingsCarried':
    case 'FindingEscalated':
      return told;
    case 'RecommendationMade':
      return {
        ...told,
        recommendations: new Map(told.recommendations).set(event.data.recommendationId, event.data),
      };
    case 'FindingRecorded':
    case 'FindingCorrected':
    case 'FindingWithdrawn':
    case 'FindingResponded':
    case 'ResponseJudged':
    case 'FindingResolved':
    case 'FindingReopened':
    case 'DueDateExtended':
      return findingAfter(told, event);
  }
}

type EventOfFinding = Extract<
  InspectionEvent,
  {
    type:
      | 'FindingRecorded'
      | 'FindingCorrected'
      | 'FindingWithdrawn'
      | 'FindingResponded'
      | 'ResponseJudged'
      | 'FindingResolved'
      | 'FindingReopened'
      | 'DueDateExtended';
  }
>;

function findingAfter(told: ToldInspection, event: EventOfFinding): ToldInspection {
  const { findingId } = event.data;
  // What answers a recommendation says nothing of its finding.
  if (findingId === undefined || ('recommendationId' in event.data && event.data.recommendationId !== undefined))
    return told;
  const before = told.findings.get(findingId) ?? {};
  return { ...told, findings: new Map(told.findings).set(findingId, { ...before, ...changeOf(event) }) };
}

function changeOf(event: EventOfFinding): ToldFinding {
  switch (event.type) {
    case 'FindingRecorded': {
      const { recordedBy: _recordedBy, ...finding } = event.data;
      return { finding, standing: 'recorded', ...dueIn(finding.dueOn) };
    }
    case 'FindingCorrected': {
      const { correctedBy: _correctedBy, reason: _reason, ...finding } = event.data;
      return { finding };
    }
    case 'FindingWithdrawn':
      return { standing: 'withdrawn' };
    case 'FindingResponded':
      return { standing: 'responded' };
    case 'ResponseJudged':
      return { standing: event.data.outcome };
    case 'FindingResolved':
      return { standing: 'resolved' };
    case 'FindingReopened':
      return { standing: 'reopened', ...dueIn(event.data.dueOn) };
    case 'DueDateExtended':
      return { dueOn: event.data.dueOn };
  }
}

function dueIn(dueOn: IsoDate | undefined): Pick<ToldFinding, 'dueOn'> {
  return dueOn === undefined ? {} : { dueOn };
}

/** What stands of a round, its findings and recommendations. */
export function factsOfInspection(told: ToldInspection, names: Names): readonly Fact[] {
  const { round, status, noFindings, findings, recommendations } = told;
  return [
    ...(round ? factsOfRound(round) : []),
    ...(status
      ? [
          fact(['status'], { th: 'สถานะของรอบ', en: 'Status of the round' }, status, {
            th: status === 'open' ? 'เปิดอยู่' : 'ปิดแล้ว',
            en: status,
          }),
        ]
      : []),
    ...(noFindings === undefined
      ? []
      : [fact(['noFindings'], { th: 'ไม่พบข้อค้นพบ', en: 'Nothing found' }, noFindings, toldAlike(noFindings))]),
    ...[...findings].flatMap(([findingId, finding]) => factsOfFinding(findingId, finding, names)),
    ...[...recommendations.values()].map(({ recommendationId, text }) =>
      fact(['recommendation', recommendationId], { th: 'ข้อเสนอแนะ', en: 'Recommendation' }, text, toldAlike(text)),
    ),
  ];
}

function factsOfRound(round: InspectionRound): readonly Fact[] {
  const { number, days, theme } = round;
  const provinces = inspectedProvinces(round);
  const [from, to] = [toldDay(days.from), toldDay(days.to)];
  return [
    fact(['number'], { th: 'รอบการตรวจราชการ', en: 'Inspection round' }, number.printed, toldAlike(number.printed)),
    fact(['days'], { th: 'วันที่ตรวจ', en: 'Days of the round' }, [days.from, days.to], {
      th: `${from.th} ถึง ${to.th}`,
      en: `${from.en} to ${to.en}`,
    }),
    fact(
      ['provinces'],
      { th: 'จังหวัดที่รับตรวจ', en: 'Inspected provinces' },
      [...provinces],
      provinces.length === 0 ? UNSTATED : toldList(provinces.map(toldProvince)),
    ),
    ...(theme === undefined ? [] : [fact(['theme'], { th: 'ประเด็น', en: 'Theme' }, theme, toldAlike(theme))]),
  ];
}

function factsOfFinding(findingId: string, { finding, standing, dueOn }: ToldFinding, names: Names): readonly Fact[] {
  const about = finding?.theme ?? findingId;
  const label = (th: string, en: string): BothLanguages => ({ th: `${th} “${about}”`, en: `${en} “${about}”` });
  const key = ['finding', findingId];
  return [
    ...(finding
      ? [
          fact(key, label('ข้อค้นพบ', 'Finding'), finding.text, toldAlike(finding.text)),
          fact(
            [...key, 'severity'],
            label('ระดับความรุนแรงของข้อค้นพบ', 'Severity of the finding'),
            finding.severity,
            SEVERITY_WORDS[finding.severity],
          ),
          fact(
            [...key, 'offices'],
            label('หน่วยรับตรวจของข้อค้นพบ', 'Offices that are to answer the finding'),
            [...finding.officeIds],
            finding.officeIds.length === 0 ? UNSTATED : toldList(finding.officeIds.map((id) => names.office(id))),
          ),
        ]
      : []),
    ...(dueOn === undefined
      ? []
      : [
          fact(
            [...key, 'dueOn'],
            label('วันครบกำหนดของข้อค้นพบ', 'Day on which the finding is due'),
            dueOn,
            toldDay(dueOn),
          ),
        ]),
    ...(standing === undefined
      ? []
      : [fact([...key, 'standing'], label('ผลของข้อค้นพบ', 'Standing of the finding'), standing, STANDINGS[standing])]),
  ];
}

function fact(key: readonly string[], label: BothLanguages, value: Fact['value'], shown: BothLanguages): Fact {
  return { key, label, value, shown };
}
