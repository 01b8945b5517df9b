import type { CsvColumn } from '@khamrap/platform/http';
import type { DifferenceAnswer, StreamDifferencesAnswer } from './differences.answer';

/** What differs in one stream as a table. */
export const DIFFERENCE_COLUMNS: readonly CsvColumn<DifferenceAnswer>[] = [
  { header: 'key', value: ({ key }) => key.join(' ') },
  { header: 'labelTh', value: ({ label }) => label.th },
  { header: 'labelEn', value: ({ label }) => label.en },
  { header: 'beforeTh', value: ({ shown }) => shown.before?.th },
  { header: 'afterTh', value: ({ shown }) => shown.after?.th },
  { header: 'beforeEn', value: ({ shown }) => shown.before?.en },
  { header: 'afterEn', value: ({ shown }) => shown.after?.en },
  { header: 'sentenceTh', value: ({ sentence }) => sentence.th },
  { header: 'sentenceEn', value: ({ sentence }) => sentence.en },
  { header: 'madeBy', value: ({ madeBy }) => madeBy.map(({ position }) => position).join(' ') },
];

/** What differs in several streams: one row for each stream, its changes one a line. */
export const STREAM_DIFFERENCES_COLUMNS: readonly CsvColumn<StreamDifferencesAnswer>[] = [
  { header: 'stream', value: ({ stream }) => stream },
  { header: 'nameTh', value: ({ name }) => name?.th },
  { header: 'nameEn', value: ({ name }) => name?.en },
  { header: 'changesTh', value: ({ changes }) => changes.map(({ sentence }) => sentence.th).join('\n') },
  { header: 'changesEn', value: ({ changes }) => changes.map(({ sentence }) => sentence.en).join('\n') },
  { header: 'positions', value: ({ events }) => events.map(({ position }) => position).join(' ') },
];
