import type { Fact, Names } from '@khamrap/audit/events';
import { toldAlike, toldDay, toldFiscalYear, toldList, toldName, toldSpan, type BothLanguages } from '@khamrap/kernel';
import type {
  BandsPublished,
  CalendarRound,
  DeadlineExtended,
  ReferenceDataPublished,
  ReportingCalendarPublished,
  SchemePublished,
  ScoringRulePublished,
  StatusRulesPublished,
} from './domain/scheme.events';

/** What is told of a scheme: every version of everything that it has published. */
export interface ToldScheme {
  readonly published?: SchemePublished['data'];
  readonly rules: readonly ScoringRulePublished['data'][];
  readonly bands: readonly BandsPublished['data'][];
  readonly statusRules: readonly StatusRulesPublished['data'][];
  readonly calendars: readonly ReportingCalendarPublished['data'][];
  /** By what they are about: a later one for the same offices takes the place of the earlier. */
  readonly extensions: ReadonlyMap<string, DeadlineExtended['data']>;
  readonly referenceData: ReadonlyMap<string, ReferenceDataPublished['data']>;
}

export const NOTHING_PUBLISHED: ToldScheme = {
  rules: [],
  bands: [],
  statusRules: [],
  calendars: [],
  extensions: new Map(),
  referenceData: new Map(),
};

/** What stands of a scheme. */
export function schemeFacts(state: ToldScheme, names: Names): readonly Fact[] {
  const { published, rules, bands, statusRules, calendars, extensions, referenceData } = state;
  return [
    ...(published ? [factOfName(published)] : []),
    ...rules.map(factOfRule),
    ...bands.map(factOfBands),
    ...statusRules.map(factOfStatusRules),
    ...calendars.flatMap(factsOfCalendar),
    ...[...extensions.values()].map((extension) => factOfExtension(extension, names)),
    ...[...referenceData.values()].map(factOfReferenceData),
  ];
}

function factOfName(published: SchemePublished['data']): Fact {
  const { nameTh, nameEn } = published;
  return {
    key: ['name'],
    label: { th: 'ชื่อระบบการประเมิน', en: 'Name of the scheme' },
    value: { nameTh, ...(nameEn !== undefined && { nameEn }) },
    shown: toldName(published),
  };
}

function factOfRule({ basis: _basis, ...rule }: ScoringRulePublished['data']): Fact {
  const { ruleVersion, fiveLevels, threeAnchors, between, belowLowest, single, judged } = rule;
  const [levels, anchors] = [fiveLevels.join('/'), threeAnchors.join('/')];
  const isLinear = between === 'linear';
  return {
    key: ['scoringRule', String(ruleVersion)],
    label: { th: `เกณฑ์การให้คะแนนฉบับที่ ${ruleVersion}`, en: `Scoring rule, version ${ruleVersion}` },
    value: rule,
    shown: {
      th:
        `ห้าระดับ ${levels} คะแนน สามขั้น ${anchors} คะแนน ระหว่างระดับ${isLinear ? 'คิดตามสัดส่วน' : 'คิดเป็นขั้น'} ` +
        `ต่ำกว่าระดับต่ำสุด ${belowLowest} คะแนน ผ่าน/ไม่ผ่าน ${single.met}/${single.notMet} คะแนน ผู้ประเมินให้ ${judged.min} ถึง ${judged.max} คะแนน`,
      en:
        `five levels ${levels} points; three anchors ${anchors} points; ${isLinear ? 'on the straight line' : 'by steps'} between them; ` +
        `below the lowest ${belowLowest}; met or not ${single.met}/${single.notMet}; by an assessor ${judged.min} to ${judged.max}`,
    },
  };
}

function factOfBands({ bandsVersion, bands }: BandsPublished['data']): Fact {
  return {
    key: ['bands', String(bandsVersion)],
    label: { th: `ระดับผลการประเมินฉบับที่ ${bandsVersion}`, en: `Bands, version ${bandsVersion}` },
    value: bands,
    shown: toldList(
      bands.map((band) => {
        const name = toldName(band);
        return { th: `${name.th} ตั้งแต่ ${band.from} คะแนน`, en: `${name.en} from ${band.from}` };
      }),
    ),
  };
}

const MEASURES: Readonly<Record<StatusRulesPublished['data']['thresholds'][number]['measure'], BothLanguages>> = {
  targetMet: { th: 'บรรลุค่าเป้าหมาย', en: 'target met' },
  score: { th: 'คะแนน', en: 'score' },
  attainmentPercent: { th: 'ร้อยละของค่าเป้าหมาย', en: 'per cent of the target' },
};

const STATUSES: Readonly<Record<StatusRulesPublished['data']['thresholds'][number]['status'], BothLanguages>> = {
  achieved: { th: 'บรรลุเป้าหมาย', en: 'achieved' },
  onTrack: { th: 'เป็นไปตามแผน', en: 'on track' },
  atRisk: { th: 'มีความเสี่ยง', en: 'at risk' },
};

function factOfStatusRules({ statusRulesVersion, precedence, thresholds }: StatusRulesPublished['data']): Fact {
  return {
    key: ['statusRules', String(statusRulesVersion)],
    label: { th: `เกณฑ์สถานะฉบับที่ ${statusRulesVersion}`, en: `Status rules, version ${statusRulesVersion}` },
    value: { precedence, thresholds },
    shown: toldList(
      thresholds.map(({ status, measure, from }) => {
        const [which, what, least] = [STATUSES[status], MEASURES[measure], from === undefined ? '' : ` ≥ ${from}`];
        return { th: `${which.th}: ${what.th}${least}`, en: `${which.en}: ${what.en}${least}` };
      }),
    ),
  };
}

function factsOfCalendar(calendar: ReportingCalendarPublished['data']): readonly Fact[] {
  const { fiscalYear, calendarVersion, rounds, amendmentCutOffOn } = calendar;
  const of = ['calendar', String(fiscalYear), String(calendarVersion)];
  const year = toldFiscalYear(fiscalYear);
  const which: BothLanguages = {
    th: `ปฏิทิน${year.th} ฉบับที่ ${calendarVersion}`,
    en: `calendar of ${year.en}, version ${calendarVersion}`,
  };
  return [
    ...rounds.map((round) => factOfRound(of, which, round)),
    ...(amendmentCutOffOn === undefined
      ? []
      : [
          {
            key: [...of, 'amendmentCutOff'],
            label: {
              th: `วันสุดท้ายของการขอเปลี่ยนแปลงค่าเป้าหมาย (${which.th})`,
              en: `Last day on which an amendment can be requested (${which.en})`,
            },
            value: amendmentCutOffOn,
            shown: toldDay(amendmentCutOffOn),
          },
        ]),
  ];
}

function factOfRound(of: readonly string[], which: BothLanguages, round: CalendarRound): Fact {
  const [name, span] = [toldName(round), toldSpan(round.span)];
  const [report, certify] = [toldDay(round.reportDueOn), toldDay(round.certifyDueOn)];
  return {
    key: [...of, 'round', round.round],
    label: { th: `${name.th} (${which.th})`, en: `${name.en} (${which.en})` },
    value: round,
    shown: {
      th: `${span.th} รายงานภายในวันที่ ${report.th} ตรวจรับรองผลภายในวันที่ ${certify.th} ผ่อนผัน ${round.graceDays} วัน`,
      en: `${span.en}; reports due on ${report.en}, certification on ${certify.en}, ${round.graceDays} days of grace`,
    },
  };
}

/** Names an extension: the calendar, the round, and for whom it is. */
export function extensionKey({
  fiscalYear,
  calendarVersion,
  round,
  offices,
}: DeadlineExtended['data']): readonly string[] {
  return ['extension', String(fiscalYear), String(calendarVersion), round, ...offices];
}

function factOfExtension(extension: DeadlineExtended['data'], names: Names): Fact {
  const { fiscalYear, round, offices, reportDueOn, certifyDueOn } = extension;
  const [report, certify, year] = [toldDay(reportDueOn), toldDay(certifyDueOn), toldFiscalYear(fiscalYear)];
  const whom =
    offices.length === 0
      ? { th: 'ทุกหน่วยงาน', en: 'all offices' }
      : toldList(offices.map((officeId) => names.office(officeId)));
  return {
    key: extensionKey(extension),
    label: {
      th: `เวลาที่ขยายของรอบ ${round} ${year.th} (${whom.th})`,
      en: `Extended deadlines of round ${round} of ${year.en} (${whom.en})`,
    },
    value: { reportDueOn, certifyDueOn },
    shown: {
      th: `รายงานภายในวันที่ ${report.th} ตรวจรับรองผลภายในวันที่ ${certify.th}`,
      en: `reports due on ${report.en}, certification on ${certify.en}`,
    },
  };
}

function factOfReferenceData({ name, sha256, source }: ReferenceDataPublished['data']): Fact {
  return {
    key: ['referenceData', name],
    label: { th: `ข้อมูลอ้างอิง “${name}”`, en: `Reference data “${name}”` },
    value: { sha256, source },
    shown: toldAlike(`${source} (SHA-256 ${sha256})`),
  };
}
