import type { AnyNarrations, Names, Narration, StatedReason } from '@khamrap/audit/events';
import { toldDay, toldFiscalYear, toldList, toldName, type BothLanguages } from '@khamrap/kernel';
import type { DeadlineExtended, SchemeEvent } from './domain/scheme.events';
import { extensionKey, NOTHING_PUBLISHED, schemeFacts, type ToldScheme } from './narration.facts';

const scheme: Narration<ToldScheme, SchemeEvent> = {
  begin: NOTHING_PUBLISHED,
  evolve: afterEvent,
  facts: schemeFacts,
  tells: {
    SchemePublished: {
      act: { th: 'ประกาศระบบการประเมิน', en: 'Scheme published' },
      sentence: ({ data }) => {
        const name = toldName(data);
        return { th: `ประกาศระบบการประเมิน “${name.th}”`, en: `The scheme “${name.en}” was published.` };
      },
      why: reasonOf,
    },
    ScoringRulePublished: {
      act: { th: 'ประกาศเกณฑ์การให้คะแนน', en: 'Scoring rule published' },
      sentence: ({ data: { ruleVersion } }) => ({
        th: `ประกาศเกณฑ์การให้คะแนนฉบับที่ ${ruleVersion}`,
        en: `Version ${ruleVersion} of the scoring rule was published.`,
      }),
      why: reasonOf,
    },
    BandsPublished: {
      act: { th: 'ประกาศระดับผลการประเมิน', en: 'Bands published' },
      sentence: ({ data: { bandsVersion, bands } }) => {
        const names = toldList(bands.map(toldName));
        return {
          th: `ประกาศระดับผลการประเมินฉบับที่ ${bandsVersion}: ${names.th}`,
          en: `Version ${bandsVersion} of the bands was published: ${names.en}.`,
        };
      },
      why: reasonOf,
    },
    StatusRulesPublished: {
      act: { th: 'ประกาศเกณฑ์สถานะ', en: 'Status rules published' },
      sentence: ({ data: { statusRulesVersion } }) => ({
        th: `ประกาศเกณฑ์สถานะฉบับที่ ${statusRulesVersion}`,
        en: `Version ${statusRulesVersion} of the status rules was published.`,
      }),
      why: reasonOf,
    },
    ReportingCalendarPublished: {
      act: { th: 'ประกาศปฏิทินการรายงาน', en: 'Reporting calendar published' },
      sentence: ({ data: { calendarVersion, fiscalYear, rounds, amendmentCutOffOn } }) => {
        const [year, names] = [toldFiscalYear(fiscalYear), toldList(rounds.map(toldName))];
        const cutOff = amendmentCutOffOn === undefined ? undefined : toldDay(amendmentCutOffOn);
        return {
          th: `ประกาศปฏิทินการรายงาน ${year.th} ฉบับที่ ${calendarVersion}: ${names.th}${cutOff ? ` ขอเปลี่ยนแปลงค่าเป้าหมายได้ถึงวันที่ ${cutOff.th}` : ''}`,
          en: `Version ${calendarVersion} of the reporting calendar of ${year.en} was published: ${names.en}${cutOff ? `; amendments can be requested until ${cutOff.en}` : ''}.`,
        };
      },
      why: reasonOf,
    },
    DeadlineExtended: {
      act: { th: 'ขยายเวลารายงาน', en: 'Deadline extended' },
      sentence: ({ data }, _before, names) => {
        const [report, certify, whom] = [toldDay(data.reportDueOn), toldDay(data.certifyDueOn), whomOf(data, names)];
        const year = toldFiscalYear(data.fiscalYear);
        return {
          th: `ขยายเวลารอบ ${data.round} ${year.th} ของ${whom.th}: รายงานภายในวันที่ ${report.th} ตรวจรับรองผลภายในวันที่ ${certify.th}`,
          en: `Round ${data.round} of ${year.en}, for ${whom.en}: reports are due on ${report.en}, certification on ${certify.en}.`,
        };
      },
      why: ({ reason }) => ({ text: reason }),
    },
    ReferenceDataPublished: {
      act: { th: 'ประกาศข้อมูลอ้างอิง', en: 'Reference data published' },
      sentence: ({ data: { name, source, sha256 } }) => ({
        th: `ประกาศข้อมูลอ้างอิง “${name}” จาก ${source} (SHA-256 ${sha256})`,
        en: `Reference data “${name}” from ${source} were published (SHA-256 ${sha256}).`,
      }),
      evidence: ({ name, sha256 }) => [{ name, sha256 }],
    },
  },
};

function afterEvent(state: ToldScheme, event: SchemeEvent): ToldScheme {
  switch (event.type) {
    case 'SchemePublished':
      return { ...state, published: event.data };
    case 'ScoringRulePublished':
      return { ...state, rules: [...state.rules, event.data] };
    case 'BandsPublished':
      return { ...state, bands: [...state.bands, event.data] };
    case 'StatusRulesPublished':
      return { ...state, statusRules: [...state.statusRules, event.data] };
    case 'ReportingCalendarPublished':
      return { ...state, calendars: [...state.calendars, event.data] };
    case 'DeadlineExtended':
      return { ...state, extensions: new Map(state.extensions).set(extensionKey(event.data).join(' '), event.data) };
    case 'ReferenceDataPublished':
      return { ...state, referenceData: new Map(state.referenceData).set(event.data.name, event.data) };
  }
}

function whomOf({ offices }: DeadlineExtended['data'], names: Names): BothLanguages {
  if (offices.length === 0) return { th: 'ทุกหน่วยงาน', en: 'all offices' };
  return toldList(offices.map((officeId) => names.office(officeId)));
}

function reasonOf({ basis }: { readonly basis?: string }): StatedReason | undefined {
  return basis === undefined ? undefined : { text: basis };
}

/** How schemes are told, with what they publish. */
export const schemeNarrations = { scheme } satisfies AnyNarrations;
