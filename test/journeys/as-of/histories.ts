import { isoDate, NOT_STATED, streamName, type DomainEvent, type Provenance, type StreamName } from '@khamrap/kernel';
import * as fc from 'fast-check';
import { createHash, randomUUID } from 'node:crypto';
import { freshStreamOf, type Happening } from '../../../libs/testing/projection';
import {
  awardGranted,
  awardRevoked,
  awardsAnnounced,
  grantedCorrected,
} from '../../../libs/slices/awards/domain/award.examples';
import { goalSetPublished, goalSetRevised } from '../../../libs/slices/goals/domain/goal-set.examples';
import * as office from '../../../libs/slices/offices/domain/office.examples';
import { schemePublished } from '../../../libs/slices/schemes/domain/scheme.examples';
import {
  sourceDocumentDescribed,
  sourceDocumentRegistered,
} from '../../../libs/slices/sources/domain/source-document.examples';
import * as example from '../../../libs/slices/standings/domain/standings.examples';
import type { IndicatorRevised } from '../../../libs/slices/agreements/domain/agreement.events';

/** An office that works on an indicator for a while and sees it for that reason. */
export const KEEPING = { officeId: 'keeping-1', officeName: 'สำนักงานผู้จัดเก็บตัวอย่าง' };
export const ZONE = 'primeMinisterOffice-16';

/** What happens in a history, and by which ids it is asked about. */
export interface History {
  readonly happenings: readonly Happening[];
  readonly signed: string;
  readonly announced: string;
  readonly award: string;
  readonly office: string;
  readonly goalSet: string;
  readonly scheme: string;
  /** The document from which some of what happens is transcribed. */
  readonly document: string;
}

/** Something that happens to a stream, or (`isSure` is false) may. */
interface Chance {
  readonly isSure: boolean;
  readonly isTranscribed: boolean;
  readonly event: DomainEvent;
}
const sure = (event: DomainEvent): Chance => ({ isSure: true, isTranscribed: false, event });
const perhaps = (event: DomainEvent): Chance => ({ isSure: false, isTranscribed: false, event });
const transcribed = (chance: Chance): Chance => ({ ...chance, isTranscribed: true });

const AT = { ...example.AT, officeId: example.MAKER.officeId };
const revised = (keepers: readonly (typeof KEEPING)[]): IndicatorRevised => ({
  type: 'IndicatorRevised',
  data: {
    indicatorId: example.ONE,
    displayNumber: '1',
    name: 'รายได้จากผลิตภัณฑ์ชุมชน',
    unit: 'baht',
    direction: 'higher',
    weight: '60',
    keepers: [...keepers],
  },
});

/** What may become of an agreement that is signed: begun, reported, certified, closed, opened again. */
const signedBy = (schemeId: string): readonly Chance[] => [
  ...example
    .begun({ scheme: { ...example.SCHEME, schemeId } }, { keepers: [example.MAKER, KEEPING] })
    .map((event) => sure(event)),
  sure(example.reported(AT, '88.5')),
  perhaps(example.certified(AT, 'supervisor')),
  perhaps(example.targetAmended(example.ONE, '80')),
  perhaps(example.givenBack(AT)),
  perhaps(example.corrected(AT, '91.25')),
  perhaps(example.exempted(example.TWO)),
  sure(example.closedWith('2.8000')),
  perhaps(example.reopened()),
  perhaps(example.corrected(AT, '95')),
  perhaps(example.closedWith('3.1000')),
  perhaps(example.resultAnnounced()),
];

/** An agreement that a document announced: who keeps its figures changes, and a figure is reported inside. */
const ANNOUNCED: readonly Chance[] = [
  ...example.begun({ basis: 'announced', scheme: undefined, parties: [] }).map((event) => transcribed(sure(event))),
  transcribed(perhaps(revised([KEEPING]))),
  sure(example.reported({ ...example.AT, indicatorId: example.TWO }, '40')),
  sure(example.reported(example.AT, '50')),
  transcribed(perhaps(revised([]))),
  transcribed(perhaps(example.corrected(example.AT, '51'))),
  perhaps(example.corrected({ ...example.AT, indicatorId: example.TWO }, '44')),
];

/** A draft that names an office, and then names it no more; nobody else knows of it. */
const DRAFT: readonly Chance[] = [
  ...example
    .begun({ basis: 'signed', scheme: undefined }, { keepers: [KEEPING] })
    .map((event) => transcribed(sure(event))),
  transcribed(perhaps(revised([]))),
  transcribed(perhaps(revised([KEEPING]))),
];

const SCHEME: readonly Chance[] = [
  sure(schemePublished()),
  sure(example.calendarPublished()),
  sure(example.rulePublished()),
  perhaps(example.statusRulesPublished()),
  perhaps(example.bandsPublished()),
  perhaps(example.deadlineExtended()),
];

const officeOf = (suffix: string, officeId: string): readonly Chance[] => [
  sure(office.registered()),
  perhaps(office.appointed()),
  perhaps(office.renamed()),
  perhaps(office.delegated({ delegationId: `delegation-${suffix}`, delegate: 'pseudonym-7' })),
  sure(office.roleGranted({ grantId: `1-${suffix}`, scope: { kind: 'office', value: officeId } })),
  perhaps(office.roleGranted({ grantId: `2-${suffix}`, scope: { kind: 'zone', value: ZONE } })),
  perhaps(office.roleEnded({ grantId: `1-${suffix}` })),
  perhaps(office.dissolved()),
];

const OF_ZONE: readonly Chance[] = [
  perhaps(office.zoneProvincesSet()),
  perhaps(office.zoneProvincesSet({ provinces: ['TH-54'], effectiveFrom: isoDate('2027-02-01') })),
  perhaps(office.zoneProvincesSet({ provinces: ['TH-54', 'TH-56'] })),
];

function streamsOf(
  history: Omit<History, 'happenings'>,
  group: string,
): readonly (readonly [StreamName, readonly Chance[]])[] {
  const { signed, announced, award, document, scheme, goalSet, office: officeId } = history;
  const basisAgreement = { agreementId: signed, round: example.HALF };
  return [
    [streamName('scheme', scheme), SCHEME],
    [streamName('agreement', signed), signedBy(scheme)],
    [streamName('agreement', announced), ANNOUNCED],
    [freshStreamOf('agreement'), DRAFT],
    [streamName('office', officeId), officeOf(signed, officeId)],
    [streamName('zone', ZONE), OF_ZONE],
    [streamName('goal-set', goalSet), [sure(goalSetPublished()), perhaps(goalSetRevised())]],
    [
      streamName('source-document', document),
      [
        sure(sourceDocumentRegistered({ sha256: document })),
        perhaps(sourceDocumentDescribed({ publisher: NOT_STATED })),
      ],
    ],
    [
      streamName('award', award),
      [
        sure(awardGranted({ basisAgreement, partOf: group })),
        perhaps(grantedCorrected({ category: 'other', basisAgreement })),
        perhaps(awardRevoked()),
      ],
    ],
    [streamName('award', group), [sure(awardsAnnounced({ statedCount: 2 })), perhaps(awardRevoked())]],
  ];
}

/** Events of several streams: some of what may happen to each, two at a time and in any order among them. */
export const histories: fc.Arbitrary<History> = fc
  .record({ chances: fc.infiniteStream(fc.boolean()), order: fc.infiniteStream(fc.nat({ max: 999 })) })
  .map(({ chances, order }) => {
    const [signed, announced, award, group] = Array.from({ length: 4 }, () => randomUUID()) as [
      string,
      string,
      string,
      string,
    ];
    const suffix = signed.slice(0, 8);
    const document = createHash('sha256').update(signed).digest('hex');
    const named = { office: `example-${suffix}`, goalSet: `goals-${suffix}`, scheme: `scheme-${suffix}`, document };
    const history = { signed, announced, award, ...named };
    const waiting = streamsOf(history, group).map(([stream, all]) => ({
      stream,
      left: all.filter(({ isSure }) => isSure || chances.next().value === true),
    }));
    const provenance: Provenance = { kind: 'transcribed', sourceDocument: document, passage: 'paragraph 1' };
    const happenings: Happening[] = [];
    for (;;) {
      const open = waiting.filter(({ left }) => left.length > 0);
      const next = open[(order.next().value as number) % open.length];
      if (!next) return { ...history, happenings };
      for (const { event, isTranscribed } of next.left.splice(0, 2))
        happenings.push({ stream: next.stream, event, ...(isTranscribed && { provenance }) });
    }
  });
