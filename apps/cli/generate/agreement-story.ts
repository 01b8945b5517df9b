import {
  AcceptTerms,
  AddIndicator,
  DraftAgreement,
  ProposeTerms,
  ReturnTerms,
  SetTarget,
  SignAgreement,
} from '@khamrap/agreements';
import { commonEraYearOfBuddhist, isoDate, type IsoDate } from '@khamrap/kernel';
import type { Requester } from '@khamrap/platform/access';
import { derivedId } from '@khamrap/platform/event-store';
import type { CommandOutcome } from '@khamrap/platform/http';
import { daysAfter, roundsOf, type GeneratedRound } from './calendar';
import type { AgreementAnomaly } from './anomalies';
import { targetFor } from './figures';
import type { IndicatorKind } from './indicator-kinds';
import { governorOfficeOf, type GeneratedAgreement } from './nation';
import { delegationOrderOf } from './office-story';
import type { Persons } from './persons';
import { commandIdFor, type Said } from './teller';
import type { Telling } from './telling';

const RETURNED_SHARE = 0.15;
const DELEGATED_SHARE = 0.2;
/** How long before it was recorded a paper was signed, where that is the anomaly. */
const SIGNED_BEFORE_DAYS = 160;
/** A written order that no delegation on record rests on. */
const UNKNOWN_ORDER = 'คำสั่งจังหวัดที่ไม่มีในทะเบียนการมอบอำนาจ (ข้อมูลจำลอง)';

/** The year of one agreement: what is noted in the diary for it, from the draft to the end. */
export class AgreementStory {
  readonly rounds: readonly GeneratedRound[];
  readonly target: { readonly agreementId: string };
  /** What was reported so far with a file that others have handed in too. */
  readonly reportedWithReusedEvidence: CommandOutcome[] = [];
  /** Acts of one story are told apart by what they are called. */
  readonly #prefix: string;
  #proposalEventId: string | undefined;

  constructor(
    readonly telling: Telling,
    readonly agreement: GeneratedAgreement,
    readonly persons: Persons,
    readonly anomaly: AgreementAnomaly | undefined,
  ) {
    this.rounds = roundsOf(agreement.fiscalYear);
    this.target = { agreementId: agreement.agreementId };
    this.#prefix = `${agreement.office.officeId} ${agreement.fiscalYear}`;
  }

  /** Words for a choice that is this story's own. */
  words(...words: readonly (string | number)[]): (string | number)[] {
    return [this.agreement.agreementId, ...words];
  }

  says(by: Requester, on: IsoDate, what: string): Said {
    return { by, on, key: this.#key(what) };
  }

  /** The ledger names an indicator after the command that added it. */
  indicatorIdOf(kind: IndicatorKind): string {
    return derivedId('indicator', commandIdFor({ by: this.persons.head, key: this.#key(`adds ${kind.code}`) }));
  }

  note(on: IsoDate, act: (on: IsoDate) => Promise<void>): void {
    this.telling.diary.note(on, this.agreement.agreementId, act);
  }

  plant(
    anomaly: AgreementAnomaly,
    outcomes: readonly CommandOutcome[],
    about: { indicatorId?: string; round?: string } = {},
  ): void {
    const { agreementId, office, fiscalYear } = this.agreement;
    const eventIds = outcomes.flatMap((outcome) => outcome.eventIds);
    this.telling.planted({ anomaly, agreementId, officeId: office.officeId, fiscalYear, ...about, eventIds });
  }

  /** Notes the way from the draft to the signatures; the terms are made in the weeks before the fiscal year begins. */
  begin(): void {
    const { chance } = this.telling;
    const year = commonEraYearOfBuddhist(this.agreement.fiscalYear) - 1;
    const draftedOn = daysAfter(isoDate(`${year}-08-20`), chance.integer(0, 20, ...this.words('drafted')));
    const signedOn = daysAfter(isoDate(`${year}-10-01`), chance.integer(0, 14, ...this.words('signed')));
    this.note(draftedOn, (on) => this.#draft(on));
    this.note(daysAfter(draftedOn, 4), (on) => this.#propose(on, 'first'));
    if (chance.happens(RETURNED_SHARE, ...this.words('returned'))) {
      this.note(daysAfter(draftedOn, 6), (on) => this.#return(on));
      this.note(daysAfter(draftedOn, 9), (on) => this.#propose(on, 'again'));
    }
    this.note(daysAfter(draftedOn, 12), (on) => this.#accept(on));
    this.note(signedOn, (on) => this.#sign(on));
  }

  async #draft(on: IsoDate): Promise<void> {
    const { teller, chance } = this.telling;
    const { agreement, persons, target } = this;
    const { office, fiscalYear, schemeId, indicators } = agreement;
    const governor = governorOfficeOf(office.province);
    await teller.tell(this.says(persons.head, on, 'drafts'), DraftAgreement, undefined, {
      title: `คำรับรองการปฏิบัติราชการ ${office.nameTh} ปีงบประมาณ พ.ศ. ${fiscalYear} (ข้อมูลจำลอง)`,
      level: 'provincialOffice',
      basis: 'signed',
      fiscalYear,
      province: office.province.code,
      parties: [
        { side: 'maker', officeId: office.officeId, officeName: office.nameTh, officeNameEn: office.nameEn },
        { side: 'receiver', officeId: governor.officeId, officeName: governor.nameTh, officeNameEn: governor.nameEn },
      ],
      scheme: { schemeId, ruleVersion: 1, calendarVersion: 1 },
    });
    const weight = (100 / indicators.length).toFixed(4);
    await Promise.all(
      indicators.map((kind, index) =>
        teller.tell(this.says(persons.head, on, `adds ${kind.code}`), AddIndicator, target, {
          displayNumber: String(index + 1),
          goalNumber: 1 + (index % 12),
          name: kind.nameTh,
          nameEn: kind.nameEn,
          unit: kind.unit,
          direction: kind.direction,
          accumulation: 'cumulative',
          sharedDefinition: kind.code,
          weight,
        }),
      ),
    );
    await Promise.all(
      indicators.flatMap((kind) =>
        this.rounds.map((round) =>
          teller.tell(this.says(persons.head, on, `sets ${kind.code} ${round.round}`), SetTarget, this.of(kind), {
            span: round.span,
            unit: kind.unit,
            ...targetFor(chance, agreement, kind, round),
          }),
        ),
      ),
    );
  }

  async #propose(on: IsoDate, time: string): Promise<void> {
    const { office } = this.agreement;
    const by = this.says(this.persons.head, on, `proposes ${time}`);
    const { eventIds } = await this.telling.teller.tell(by, ProposeTerms, this.target, { officeId: office.officeId });
    this.#proposalEventId = eventIds[0];
  }

  /** The governor asks for more, and the office promises more of its first indicator. */
  async #return(on: IsoDate): Promise<void> {
    const { teller, chance } = this.telling;
    const kind = this.agreement.indicators[0] as IndicatorKind;
    const round = this.rounds.at(-1) as GeneratedRound;
    const { termsHash } = await this.#terms();
    await teller.tell(this.says(this.persons.governor, on, 'returns'), ReturnTerms, this.target, {
      officeId: this.governorId(),
      termsHash,
      comments: [{ indicatorId: this.indicatorIdOf(kind), comment: 'ขอให้ทบทวนค่าเป้าหมายให้ท้าทายขึ้น' }],
    });
    await teller.tell(this.says(this.persons.head, on, 'sets more'), SetTarget, this.of(kind), {
      span: round.span,
      unit: kind.unit,
      ...targetFor(chance, this.agreement, kind, round, kind.direction === 'higher' ? 1.05 : 0.95),
    });
  }

  async #accept(on: IsoDate): Promise<void> {
    const { termsHash } = await this.#terms();
    await this.telling.teller.tell(this.says(this.persons.governor, on, 'accepts'), AcceptTerms, this.target, {
      officeId: this.governorId(),
      termsHash,
    });
  }

  async #sign(on: IsoDate): Promise<void> {
    const { teller } = this.telling;
    const { persons, target, agreement } = this;
    const terms = await this.#terms();
    const isOnPaper = this.anomaly === 'signedLongBeforeItWasRecorded';
    const paper = {
      scanSha256: agreement.agreementId.replaceAll('-', '').repeat(2),
      signedOn: daysAfter(on, -SIGNED_BEFORE_DAYS),
    };
    const common = { ...terms, capacity: 'holder' as const, ...(isOnPaper && { paper }) };
    const signatures = [
      await teller.tell(this.says(persons.head, on, 'signs'), SignAgreement, target, {
        ...common,
        side: 'maker',
        officeId: agreement.office.officeId,
        signatoryName: 'ผู้ลงนามจำลอง',
        position: `หัวหน้า${agreement.office.nameTh}`,
      }),
      await teller.tell(this.says(persons.governor, on, 'signs'), SignAgreement, target, {
        ...common,
        side: 'receiver',
        officeId: this.governorId(),
        ...this.#governorSignatory(),
      }),
    ];
    if (isOnPaper) this.plant('signedLongBeforeItWasRecorded', signatures);
    if (this.anomaly === 'signedWithoutMandate') this.plant('signedWithoutMandate', signatures.slice(1));
  }

  /** The governor, or the vice-governor by a written order. */
  #governorSignatory() {
    const { office, fiscalYear } = this.agreement;
    const { province } = office;
    const position = `ผู้ว่าราชการจังหวัด${province.nameTh}`;
    const hasNoMandate = this.anomaly === 'signedWithoutMandate';
    return hasNoMandate || this.telling.chance.happens(DELEGATED_SHARE, ...this.words('delegated'))
      ? {
          signatoryName: 'รองผู้ว่าราชการจังหวัดจำลอง',
          position: `รอง${position}`,
          capacity: 'delegated' as const,
          authority: hasNoMandate ? UNKNOWN_ORDER : delegationOrderOf(province, fiscalYear),
        }
      : { signatoryName: 'ผู้ว่าราชการจังหวัดจำลอง', position, capacity: 'holder' as const };
  }

  /** The terms as the newest proposal froze them: what everybody reads before they accept or sign. */
  async #terms(): Promise<{ readonly termsRevision: number; readonly termsHash: string }> {
    const proposal = await this.telling.store.readEvent(this.#proposalEventId ?? '');
    if (!proposal) throw new Error(`${this.#prefix} was never proposed`);
    const { data } = JSON.parse(proposal.body) as { data: { termsRevision: number; termsHash: string } };
    return { termsRevision: data.termsRevision, termsHash: data.termsHash };
  }

  #key(what: string): string {
    return `${this.#prefix} ${what}`;
  }

  of(kind: IndicatorKind): { readonly agreementId: string; readonly indicatorId: string } {
    return { ...this.target, indicatorId: this.indicatorIdOf(kind) };
  }

  governorId(): string {
    return governorOfficeOf(this.agreement.office.province).officeId;
  }
}
