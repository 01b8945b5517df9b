import { toldDay, toldSpan, type BothLanguages } from '@khamrap/kernel';
import { headlineOf } from '../../domain/target-terms';
import type { TargetVersion } from '../standings/folded-agreement';
import type { Input } from './explanation';
import type { Moment } from './recorded-life';

/** What a figure is held against, as the terms or the last amendment state it. */
export function targetInputs({ statements }: Moment, version: TargetVersion | undefined): readonly Input[] {
  if (!version) return [];
  const { terms, eventId, effectiveFrom } = version;
  const { criterion = 'single', levels = [], milestones = [], dates = [], unit, span } = terms;
  const anchors = [...levels, ...milestones.map(({ level }) => String(level)), ...dates];
  const [days, since] = [toldSpan(span), effectiveFrom === undefined ? undefined : toldDay(effectiveFrom)];
  const value = headlineValueOf(version);
  const event = statements.event(eventId);
  const amended: BothLanguages = since
    ? { th: ` แก้ไขแล้ว มีผล ${since.th}`, en: `, as amended from ${since.en}` }
    : { th: '', en: '' };
  return [
    ...(value === undefined
      ? []
      : [
          {
            name: 'target',
            label: { th: `ค่าเป้าหมาย ${days.th}${amended.th}`, en: `target of ${days.en}${amended.en}` },
            value,
            unit,
            event,
          },
        ]),
    ...(anchors.length === 0
      ? []
      : [
          {
            name: 'anchors',
            label: {
              th: `เกณฑ์การให้คะแนน ${days.th}${amended.th} (${criterion})`,
              en: `scoring criterion of ${days.en}${amended.en} (${criterion})`,
            },
            value: anchors.join(' / '),
            unit,
            event,
          },
        ]),
  ];
}

/** The target as it is shown: the headline value. */
export function headlineValueOf({ terms }: TargetVersion): string | undefined {
  const headline = headlineOf(terms)?.criterion;
  return terms.value ?? (headline?.kind === 'single' ? headline.value : undefined);
}
