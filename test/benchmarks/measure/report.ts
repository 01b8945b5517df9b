import type { Spread } from './statistics';

/** One line of the table. */
export interface Row {
  readonly section: string;
  readonly what: string;
  /** What it was measured on: the number of events in the log, or of agreements. */
  readonly on: string;
  readonly unit: string;
  readonly ours: Spread;
  /** What it stands beside, in the same unit. */
  readonly beside?: { readonly what: string; readonly figure: Spread };
  /** What was hoped for; judged by the ratio where the row stands beside something, else by our own figure. */
  readonly aim?: Aim;
  readonly note?: string;
}

export interface Aim {
  readonly least?: number;
  readonly most?: number;
  /** The real goal, behind the aim. */
  readonly goal?: number;
}

const HEADINGS = ['what', 'on', 'ours', 'beside', 'ratio', 'aim (goal)', 'reached'];

/** Collects what was measured, and shows it as it comes and as a whole. */
export class Report {
  readonly rows: Row[] = [];

  add(row: Row): void {
    this.rows.push(row);
    process.stderr.write(`  ${cellsOf(row).slice(0, -1).join(' | ')}\n`);
  }

  /** Tables in Markdown, one for each section. */
  markdown(): string {
    const sections = [...new Set(this.rows.map(({ section }) => section))];
    return sections.map((section) => this.#table(section)).join('\n\n');
  }

  #table(section: string): string {
    const rows = this.rows.filter((row) => row.section === section);
    const notes = [...new Set(rows.flatMap(({ note }) => note ?? []))].map((note) => `* ${note}`);
    const table = [line(HEADINGS), line(HEADINGS.map(() => '---')), ...rows.map((row) => line(cellsOf(row)))];
    return [`## ${section}`, '', ...table, ...(notes.length > 0 ? ['', ...notes] : [])].join('\n');
  }
}

/** Ours over what stands beside it; undefined where nothing does. */
export function ratioOf({ ours, beside }: Row): number | undefined {
  return beside && ours.median / beside.figure.median;
}

/** Whether the aim is reached; undefined without one. */
export function isReached(row: Row): boolean | undefined {
  if (!row.aim) return undefined;
  const { least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = row.aim;
  const judged = ratioOf(row) ?? row.ours.median;
  return judged >= least && judged <= most;
}

function cellsOf(row: Row): string[] {
  const { what, on, unit, ours, beside, aim } = row;
  const ratio = ratioOf(row);
  const reached = isReached(row);
  return [
    what,
    on,
    `${textOf(ours)} ${unit}`,
    beside ? `${beside.what}: ${textOf(beside.figure)}` : '',
    ratio === undefined ? '' : `${ratio.toPrecision(3)}×`,
    aim ? aimText(aim, ratio !== undefined) : '',
    reached === undefined ? '' : reached ? 'yes' : '**no**',
  ];
}

function aimText({ least, most, goal }: Aim, isRatio: boolean): string {
  const times = isRatio ? '×' : '';
  const bound = least === undefined ? `≤ ${most}${times}` : `≥ ${least.toLocaleString('en')}${times}`;
  return goal === undefined ? bound : `${bound} (${goal.toLocaleString('en')}${times})`;
}

function textOf({ median, least, most }: Spread): string {
  const middle = `**${numberText(median)}**`;
  return least === most ? middle : `${middle} (${numberText(least)}–${numberText(most)})`;
}

function numberText(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString('en');
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function line(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
