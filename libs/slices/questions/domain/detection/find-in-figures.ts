import type { ActualCorrected, ActualReported } from '@khamrap/agreements/events';
import { dayNumberOf, toldDay, toldSpan } from '@khamrap/kernel';
import type { Around } from './around';
import { findInCorrection } from './find-in-corrections';
import { findInEvidence } from './find-in-evidence';
import { anchorsOf, significantDigits, timesOf } from './figures';
import { placeIn, toldIndicator, watchOfCell, type Finding } from './finding';
import { cellKey, makerOf, type AgreementMemory, type ToldEvent } from './memory';
import { deadlineOf } from './scheme-memory';
import type { StatedFigure } from './stated-figure';

/** What a figure gives to ask, before it is taken in. */
export function findInFigure(
  memory: AgreementMemory,
  told: ToldEvent<ActualReported | ActualCorrected>,
  around: Around,
): Finding[] {
  const { data } = told.event;
  const { indicatorId, span, officeId = '' } = data;
  const indicator = memory.indicators.get(indicatorId);
  if (!indicator) return [];
  const offices = [officeId || (indicator.terms.leadOffice?.officeId ?? ''), makerOf(memory) ?? ''];
  const deadline = deadlineOf(around.scheme, memory, span, offices);
  const [name, days] = [toldIndicator(memory, indicatorId), toldSpan(span)];
  const figure: StatedFigure = {
    memory,
    told,
    data,
    indicator,
    before: indicator.cells.get(cellKey(span, officeId)),
    deadline,
    around,
    key: [memory.agreementId, indicatorId, span, officeId],
    watch: watchOfCell(memory.agreementId, indicatorId, span, officeId),
    place: placeIn(memory, { indicatorId, span, round: deadline?.round }),
    named: { th: `${name.th} ช่วง ${days.th}`, en: `${name.en}, ${days.en}` },
  };
  return [
    ...(told.event.type === 'ActualReported' ? late(figure) : findInCorrection(figure)),
    ...exactlyAtThreshold(figure),
    ...outOfProportion(figure),
    ...findInEvidence(figure),
  ];
}

/** What a document states was recorded later by nature: that is no lateness. */
function late({ told, deadline, key, place, named }: StatedFigure): Finding[] {
  if (told.isTranscribed || !deadline) return [];
  const daysLate = dayNumberOf(told.day) - dayNumberOf(deadline.reportDueOn) - deadline.graceDays;
  if (daysLate <= 0) return [];
  const [due, reported] = [toldDay(deadline.reportDueOn), toldDay(told.day)];
  return [
    {
      rule: 'reportedLate',
      subject: [...key, told.link.eventId],
      place,
      restsOn: [...(deadline.extension ? [deadline.extension] : []), told.link],
      measures: { daysLate: String(daysLate) },
      seen: {
        th: `รายงาน${named.th} เมื่อ ${reported.th} กำหนด ${due.th} ช้า ${daysLate} วัน`,
        en: `The figure of ${named.en}, was due on ${due.en} and reported on ${reported.en}, ${daysLate} days late.`,
      },
      watch: deadline.watch,
    },
  ];
}

/** A figure of few digits meets a value of the criterion by chance, and one at the end of a scale by nature. */
function exactlyAtThreshold({ told, data, indicator, key, place, named, watch }: StatedFigure): Finding[] {
  const { value } = data;
  const target = indicator.targets.get(data.span);
  if (value === undefined || !target || !anchorsOf(data, target.terms).includes(value)) return [];
  return [
    {
      rule: 'exactlyAtThreshold',
      subject: key,
      place,
      restsOn: [target.link, told.link],
      measures: { significantDigits: String(significantDigits(value)) },
      seen: {
        th: `ผลของ${named.th} คือ ${value} ตรงกับค่าในเกณฑ์พอดี`,
        en: `The figure of ${named.en}, is ${value}, just a value of its criterion.`,
      },
      watch,
    },
  ];
}

function outOfProportion({ told, data, indicator, before, key, place, named, watch }: StatedFigure): Finding[] {
  const { value } = data;
  const target = indicator.targets.get(data.span);
  const measured = timesOf(data, indicator.terms.direction, target?.terms, before);
  if (value === undefined || !measured) return [];
  const { times, against, isTarget } = measured;
  const held = isTarget ? target?.link : before?.first;
  return [
    {
      rule: 'figureOutOfProportion',
      subject: key,
      place,
      restsOn: [...(held ? [held] : []), told.link],
      measures: { times },
      seen: {
        th: `ผลของ${named.th} คือ ${value} ขณะที่${isTarget ? 'ค่าเป้าหมาย' : 'ผลเดิม'}คือ ${against} ต่างกัน ${times} เท่า`,
        en: `The figure of ${named.en}, is ${value}; ${isTarget ? 'its target' : 'the one before'} is ${against}, which differs ${times} times.`,
      },
      watch,
    },
  ];
}
