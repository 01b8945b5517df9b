import type { CsvColumn } from '@khamrap/platform/http';
import type { ActAnswer, HistoryEventAnswer } from './history.answer';

type Each = (event: HistoryEventAnswer) => string | undefined;

/** Of all events of an act, one a line. */
const ofEach =
  (each: Each) =>
  ({ events }: ActAnswer): string =>
    events.map((event) => each(event) ?? '').join('\n');

/** Histories as tables: one row for each act, its events one a line within the cells. */
export const HISTORY_COLUMNS: readonly CsvColumn<ActAnswer>[] = [
  { header: 'position', value: ({ position }) => position },
  { header: 'actTh', value: ({ act }) => act.th },
  { header: 'actEn', value: ({ act }) => act.en },
  { header: 'pseudonym', value: ({ who }) => who.pseudonym },
  { header: 'name', value: ({ who }) => who.name },
  { header: 'role', value: ({ who }) => who.role },
  { header: 'officeId', value: ({ who }) => who.officeId },
  { header: 'officeTh', value: ({ who }) => who.officeName?.th },
  { header: 'recordedAt', value: ({ events: [first] }) => first?.recordedAt },
  { header: 'decidedAt', value: ({ events: [first] }) => first?.decidedAt },
  { header: 'effectiveFrom', value: ofEach(({ effectiveFrom }) => effectiveFrom) },
  { header: 'publishedAt', value: ofEach(({ published }) => published?.at) },
  { header: 'sentenceTh', value: ofEach(({ sentence }) => sentence.th) },
  { header: 'sentenceEn', value: ofEach(({ sentence }) => sentence.en) },
  { header: 'why', value: ofEach(({ why }) => why?.text ?? why?.document?.reference) },
  { header: 'evidence', value: ofEach(({ evidence }) => evidence?.map(({ sha256 }) => sha256).join(' ')) },
  { header: 'sourceDocument', value: ofEach(({ provenance }) => provenance.sourceDocument) },
  { header: 'eventId', value: ofEach(({ eventId }) => eventId) },
];
