import { dateOfDayNumber, dayNumberOf, toldDay, type IsoDate } from '@khamrap/kernel';
import { anchorMetNow } from './figures';
import type { Finding } from './finding';
import type { StatedFigure } from './stated-figure';
import { standingLink } from './find-in-targets';
import { correctedSinceReopening } from './find-in-rounds';
import { closedRoundOf, officesOf, type Cell, type Link } from './memory';

/** What the correction of a figure gives to ask, before it is taken in. */
export function findInCorrection(figure: StatedFigure): Finding[] {
  const { before, told } = figure;
  if (!before) return [];
  return [
    ...again(figure, before),
    ...ontoThreshold(figure, before),
    ...evidenceDropped(figure, before),
    ...afterCertification(figure, before),
    // The order in which documents are entered is not that in which things happened.
    ...(told.isTranscribed ? [] : [...afterClosing(figure), ...afterInspection(figure, before), ...inBulk(figure)]),
  ];
}

function again({ told, key, place, named }: StatedFigure, before: Cell): Finding[] {
  const corrections = before.correctionCount + 1;
  return [
    {
      rule: 'correctedAgainAndAgain',
      subject: key,
      place,
      restsOn: [before.first, ...before.corrections.map(({ link }) => link), told.link],
      measures: { corrections: String(corrections) },
      seen: {
        th: `แก้ไขผลของ${named.th} แล้ว ${corrections} ครั้ง`,
        en: `The figure of ${named.en}, was corrected ${corrections} times.`,
      },
      watch: null,
    },
  ];
}

function ontoThreshold(figure: StatedFigure, before: Cell): Finding[] {
  const { told, data, indicator, key, place, named, watch } = figure;
  const target = indicator.targets.get(data.span);
  const isAlike = before.kind === data.kind && before.unit === data.unit;
  const met = target && isAlike ? anchorMetNow(data, indicator.terms.direction, target.terms, before.value) : undefined;
  if (!target || !met) return [];
  return [
    {
      rule: 'correctedOntoThreshold',
      subject: [...key, told.link.eventId],
      place,
      restsOn: [target.link, standingLink(before), told.link],
      measures: { liftedPercent: met.percent },
      seen: {
        th: `แก้ไขผลของ${named.th} จาก ${before.value} เป็น ${data.value} ซึ่งตรงกับค่าในเกณฑ์พอดี`,
        en: `The figure of ${named.en}, was corrected from ${before.value} to ${data.value}, just a value of its criterion.`,
      },
      watch,
    },
  ];
}

function evidenceDropped({ told, data, key, place, named, watch }: StatedFigure, before: Cell): Finding[] {
  const files = before.evidence.length;
  if (files === 0 || data.evidence.length > 0) return [];
  return [
    {
      rule: 'evidenceDroppedByCorrection',
      subject: [...key, told.link.eventId],
      place,
      restsOn: [standingLink(before), told.link],
      measures: { files: String(files) },
      seen: {
        th: `แก้ไขผลของ${named.th} โดยไม่ระบุหลักฐาน ${files} ไฟล์ที่เคยมี`,
        en: `The figure of ${named.en}, was corrected without the ${files} files that supported it.`,
      },
      watch,
    },
  ];
}

function afterCertification({ told, data, key, place, named, watch }: StatedFigure, before: Cell): Finding[] {
  if (!before.certified) return [];
  return [
    {
      rule: 'correctedAfterCertification',
      subject: [...key, told.link.eventId],
      place,
      restsOn: [standingLink(before), before.certified, told.link],
      measures: {},
      seen: {
        th: `แก้ไขผลของ${named.th} จาก ${before.value ?? before.kind} เป็น ${data.value ?? data.kind} หลังตรวจรับรองแล้ว`,
        en: `The figure of ${named.en}, was corrected from ${before.value ?? before.kind} to ${data.value ?? data.kind} after it had been certified.`,
      },
      watch,
    },
  ];
}

function afterClosing({ memory, told, data }: StatedFigure): Finding[] {
  const { indicatorId, span, officeId = '' } = data;
  const round = closedRoundOf(memory, span);
  if (!round?.reopened) return [];
  return [correctedSinceReopening(memory, round, { indicatorId, span, officeId, value: data.value }, [told.link])];
}

/** Only a figure that stood when the inspection was opened, and of somebody whom it inspects. */
function afterInspection(figure: StatedFigure, before: Cell): Finding[] {
  const { memory, told, around, key, place, named, watch } = figure;
  const offices = officesOf(memory, before.indicatorId);
  return around
    .inspections(memory.heading.province ?? null)
    .filter(
      (each) =>
        before.first.position < each.link.position &&
        (each.offices.length === 0 || each.offices.some((office) => offices.includes(office))),
    )
    .map((inspection): Finding => {
      const on = toldDay(inspection.day);
      return {
        rule: 'correctedAfterInspectionOpened',
        subject: [...key, inspection.roundId],
        place,
        restsOn: [standingLink(before), inspection.link, told.link],
        measures: { daysAfter: String(dayNumberOf(told.day) - dayNumberOf(inspection.day)) },
        seen: {
          th: `แก้ไขผลของ${named.th} หลังเปิดรอบการตรวจราชการ ${inspection.number} เมื่อ ${on.th}`,
          en: `The figure of ${named.en}, was corrected after inspection round ${inspection.number} was opened on ${on.en}.`,
        },
        watch,
      };
    });
}

interface CountedCorrection {
  readonly link: Link;
  readonly day: IsoDate;
}

/** The corrections of a round in the last days before its deadline: one for each figure, by whatever indicator. */
function inBulk({ memory, told, data, around, deadline, place }: StatedFigure): Finding[] {
  if (!deadline) return [];
  const { reportDueOn } = deadline;
  const daysBefore = Number(around.rules.rules.correctedInBulkNearDeadline.thresholds['daysBefore']);
  const from = dateOfDayNumber(dayNumberOf(reportDueOn) - daysBefore);
  const isNear = ({ day }: { readonly day: IsoDate }): boolean => day >= from && day <= reportDueOn;
  if (!isNear(told)) return [];
  const cells = [...memory.indicators.values()].flatMap((indicator) =>
    [...indicator.cells.values()].filter(({ span }) => span === data.span),
  );
  const corrected = cells.flatMap((cell): CountedCorrection[] => {
    const isThis = cell.indicatorId === data.indicatorId && cell.officeId === (data.officeId ?? '');
    const near = cell.corrections.findLast((each) => !each.isTranscribed && isNear(each));
    return isThis ? [{ link: told.link, day: told.day }] : near ? [near] : [];
  });
  const share = (corrected.length / cells.length) * 100;
  const due = toldDay(reportDueOn);
  const earliest = corrected.reduce((day, each) => (each.day < day ? each.day : day), told.day);
  return [
    {
      rule: 'correctedInBulkNearDeadline',
      subject: [memory.agreementId, data.span, reportDueOn],
      place: { ...place, indicatorId: null },
      restsOn: corrected.map(({ link }) => link).toSorted((one, other) => one.position - other.position),
      measures: {
        figures: String(corrected.length),
        sharePercent: share.toFixed(2),
        daysBefore: String(dayNumberOf(reportDueOn) - dayNumberOf(earliest)),
      },
      seen: {
        th: `แก้ไขผล ${corrected.length} จาก ${cells.length} รายการของรอบ ${deadline.round} ในวันใกล้ครบกำหนด ${due.th}`,
        en: `${corrected.length} of ${cells.length} figures of round ${deadline.round} were corrected close to the deadline of ${due.en}.`,
      },
      watch: null,
    },
  ];
}
