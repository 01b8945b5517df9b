import { stringify } from 'csv-stringify/sync';

/** One column of a list as a table. Dates are written as ISO text, decimals as their exact text. */
export interface CsvColumn<Row> {
  readonly header: string;
  readonly value: (row: Row) => string | number | null | undefined;
}

// A negative figure begins like a formula and is none.
const NEGATIVE_NUMBER = /^-\d+(?:\.\d+)?$/;

/**
 * Rows as comma-separated values (RFC 4180, UTF-8 with byte order mark, so that spreadsheets read Thai). A cell that a
 * spreadsheet would run as a formula, in its full-width forms too, is disarmed by an apostrophe (OWASP ASVS 5.0, 1.2.10).
 */
export function writeCsv<Row>(rows: readonly Row[], columns: readonly CsvColumn<Row>[]): string {
  const lines = rows.map((row) => columns.map((column) => column.value(row)));
  return stringify([columns.map((column) => column.header), ...lines], {
    bom: true,
    record_delimiter: 'windows',
    escape_formulas: true,
    cast: { string: (text) => (NEGATIVE_NUMBER.test(text) ? { value: text, escape_formulas: false } : text) },
  });
}
