import type { Sight } from '@khamrap/platform/access';
import { officeNames, type Standpoint } from '@khamrap/platform/projections';
import { concernsIndicator } from './concerns';
import { markOfPart, partOf, runsOf } from './text-tokens';
import { seesNothing, type Sights } from './told-sights';
import { TRAIL, TRAIL_CONCERNING, TRAIL_STREAM } from './trail.tables';

/** What is asked for, ready to be compared. Everything that is given has to hold. */
export interface TrailFilter {
  readonly actor?: string;
  readonly stream?: string;
  readonly commandId?: string;
  readonly document?: string;
  readonly types?: readonly string[];
  /** Names as `concerns.ts` has them; of each list one has to be concerned. */
  readonly concerns?: readonly (readonly string[])[];
  /** Days, both included. */
  readonly effectiveFrom?: string;
  readonly effectiveUntil?: string;
  /** Positions of the events that published, both included. */
  readonly publishedFrom?: number;
  readonly publishedUntil?: number;
  /** Positions, both included. */
  readonly from?: number;
  readonly until?: number;
  /** As `comparable` has it, three characters at least. */
  readonly text?: string;
}

/** Which part of the answer is wanted. */
export interface TrailPlace {
  readonly isAscending: boolean;
  /** The position of the last event of the page before. */
  readonly after?: number;
  readonly countMax: number;
}

/** How the reader is seen by the database. `khamrap.trail_…` has been told the same (`tellSights`). */
export interface TrailView {
  readonly standpoint: Standpoint;
  readonly sights: Sights;
}

export interface Range {
  /** Both included. */
  readonly from: number;
  readonly until: number;
}

/** Whether something is asked for that few events have, so that these are looked at and not the index of texts. */
export function isNarrow({ actor, stream, commandId, document, concerns = [] }: TrailFilter): boolean {
  return [actor, stream, commandId, document].some((value) => value !== undefined) || concerns.length > 0;
}

type Within = Extract<Sight, { kind: 'within' }>;

/** What the rows of a branch are looked up by, one value after the other, in order and no more than a page of each. */
interface Each {
  /** SQL: a set of values in its one column. */
  readonly source: string;
  /** The column of the view that has to be the same. */
  readonly column: string;
}

/** The columns that have positions in them; see `trail.tables.ts` for why there are several. */
type PositionColumn = 'position' | 'at' | 'published_row' | 'published_at' | 'text_row';

/** Where a statement looks, in which order, and what has to hold there. */
interface Branch {
  readonly view: string;
  readonly order: PositionColumn;
  readonly each: readonly Each[];
  readonly conditions: readonly string[];
}

/**
 * One statement. The views hold back what a reader may not have; the statement says besides where to look, so that a long row
 * of events that are held back is not looked through one by one: among what is published, in the provinces of a sight, in the
 * streams of its offices.
 */
export class TrailStatement {
  readonly values: unknown[] = [];
  readonly text: string;
  readonly #direction: string;
  readonly #limit: string;

  constructor(
    private readonly view: TrailView,
    private readonly filter: TrailFilter,
    private readonly place: TrailPlace & Range & { readonly byRuns?: boolean },
  ) {
    this.#direction = place.isAscending ? 'ASC' : 'DESC';
    this.#limit = this.#add(place.countMax);
    const common = this.#common();
    const branches = this.#branches().map((branch) => this.#selected(branch, common));
    this.text =
      branches.length === 1
        ? (branches[0] as string)
        : // A row may stand in several branches.
          `SELECT * FROM (${branches.map((each) => `(${each})`).join(' UNION ')}) AS found ${this.#page('position')}`;
  }

  #page(order: string): string {
    return `ORDER BY ${order} ${this.#direction} LIMIT ${this.#limit}`;
  }

  #add(value: unknown): string {
    return `$${this.values.push(value)}`;
  }

  #anyOf(values: readonly unknown[], type = 'text'): string {
    return `ANY (${this.#add(values)}::${type}[])`;
  }

  #selected({ view, order, each, conditions }: Branch, common: readonly string[]): string {
    const published = this.view.standpoint.past
      ? `CASE WHEN t.published_position <= ${this.#asOf()} THEN t.published_position END`
      : 't.published_position';
    const range = this.#inRange(order);
    const selected = (more: readonly string[]): string =>
      `SELECT t.position, ${published} AS "publishedPosition" FROM read_model.${view} AS t
       WHERE ${[range, ...common, ...conditions, ...more].join(' AND ')} ${this.#page(`t.${order}`)}`;
    if (each.length === 0) return selected([]);
    const sources = each.map(({ source }, index) => `${source} AS each_${index}(value)`);
    const same = each.map(({ column }, index) => `t.${column} = each_${index}.value`);
    return `SELECT DISTINCT position, "publishedPosition" FROM ${sources.join(' CROSS JOIN ')}
       CROSS JOIN LATERAL (${selected(same)}) AS of_each ${this.#page('position')}`;
  }

  /** What holds in every branch. */
  #common(): readonly string[] {
    const { filter } = this;
    const { text, publishedFrom, publishedUntil } = filter;
    const equal = (column: string, value: string | undefined): readonly string[] =>
      value === undefined ? [] : [`t.${column} = ${this.#add(value)}`];
    return [
      ...(this.view.standpoint.past ? [`(t.published_position <= ${this.#asOf()} OR t.is_reached)`] : []),
      ...equal('actor', filter.actor),
      ...equal('stream', filter.stream),
      ...equal('command_id', filter.commandId),
      ...equal('document', filter.document),
      ...(filter.effectiveFrom === undefined && filter.effectiveUntil === undefined ? [] : this.#effective()),
      ...(publishedFrom === undefined ? [] : [`t.published_position >= ${this.#add(publishedFrom)}`]),
      ...(publishedUntil === undefined ? [] : [`t.published_position <= ${this.#add(publishedUntil)}`]),
      ...(text === undefined ? [] : this.#texts(text)),
    ];
  }

  /** Of each table that may be looked through, because the database carries no range over from one to the other. */
  #inRange(column: PositionColumn): string {
    return `t.${column} BETWEEN ${this.#add(this.place.from)} AND ${this.#add(this.place.until)}`;
  }

  #effective(): readonly string[] {
    const { effectiveFrom, effectiveUntil } = this.filter;
    return [
      't.effective_from IS NOT NULL',
      ...(effectiveFrom === undefined ? [] : [`t.effective_from >= ${this.#add(effectiveFrom)}`]),
      ...(effectiveUntil === undefined ? [] : [`t.effective_from <= ${this.#add(effectiveUntil)}`]),
    ];
  }

  /** Runs that are there need not follow each other, and others may have the same numbers: the text itself is looked for too. */
  #texts(text: string): readonly string[] {
    const isContained = [this.#inRange('text_row'), `strpos(t.content, ${this.#add(text)}) > 0`];
    const { from, until, byRuns } = this.place;
    if (byRuns !== true) return isContained;
    const runs = runsOf(text);
    const ofParts: string[] = [];
    for (let part = partOf(from); part <= partOf(until); part += 1)
      ofParts.push(`t.runs @> ${this.#add(runs.map((run) => run ^ markOfPart(part)))}::int[]`);
    return [`(${ofParts.join(' OR ')})`, ...isContained];
  }

  #branches(): readonly Branch[] {
    const { filter } = this;
    const [driving = [], ...others] = filter.concerns ?? [];
    const conditions = others.map((names) => this.#concerning(names));
    const each: Each[] = [];
    if (driving.length === 1) conditions.push(`t.name = ${this.#add(driving[0])}`);
    else if (driving.length > 1) each.push({ source: `unnest(${this.#add(driving)}::text[])`, column: 'name' });
    if (driving.length > 0 && this.view.standpoint.past) conditions.push(this.#toldAsOf('t'));
    const isOrdered = driving.length > 0 || filter.text !== undefined || !this.#isBehindAnother();
    const anyType: Branch = {
      view: driving.length > 0 ? TRAIL_CONCERNING : TRAIL,
      order: isOrdered ? 'position' : 'at',
      each,
      conditions,
    };
    const sights = [...this.view.sights.values()];
    if (sights.every(seesNothing)) return [this.#published(anyType)];
    const isAll = this.view.sights.get('audit.read')?.kind === 'all';
    if (isAll || isNarrow(filter) || filter.text !== undefined) return [this.#ofTypes(anyType, 'type', 'at')];
    return [this.#published(anyType), ...this.#inSight(this.#ofTypes(anyType, 'type', 'at'), sights)];
  }

  /** Whether positions are ordered behind something else in the index that is to be used. */
  #isBehindAnother(): boolean {
    const { actor, stream, document, effectiveFrom, effectiveUntil } = this.filter;
    return [actor, stream, document, effectiveFrom, effectiveUntil].some((value) => value !== undefined);
  }

  /** Types are looked up one by one where nothing else says where to look: an index has only the events of one of them in order. */
  #ofTypes(branch: Branch, column: 'type' | 'published_type', order: PositionColumn): Branch {
    const { types = [], text } = this.filter;
    const also = (condition: string): Branch => ({ ...branch, conditions: [...branch.conditions, condition] });
    if (types.length === 0) return branch;
    if (isNarrow(this.filter) || text !== undefined) return also(`t.${column} = ${this.#anyOf(types)}`);
    if (types.length === 1) return { ...also(`t.${column} = ${this.#add(types[0])}`), order };
    const each = { source: `unnest(${this.#add(types)}::text[])`, column };
    return { ...branch, order, each: [...branch.each, each] };
  }

  /** What everybody may have, by what is said of published events alone. */
  #published(branch: Branch): Branch {
    const ofTypes = this.#ofTypes(branch, 'published_type', 'published_at');
    const isPublished = ofTypes.order === 'position' ? this.#inRange('published_row') : 't.published_row IS NOT NULL';
    const asOf = this.view.standpoint.past ? [`t.published_position <= ${this.#asOf()}`] : [];
    return { ...ofTypes, conditions: [...ofTypes.conditions, isPublished, ...asOf] };
  }

  #inSight(branch: Branch, sights: readonly Sight[]): readonly Branch[] {
    const within = sights.filter((sight): sight is Within => sight.kind === 'within');
    const provinces = [...new Set(within.flatMap((sight) => sight.provinces))];
    const offices = [...new Set(within.flatMap((sight) => officeNames(sight.offices)))];
    const indicators = [...new Set(within.flatMap((sight) => sight.indicators))].map(concernsIndicator);
    const by = (source: string, column: string): Branch => ({
      ...branch,
      order: 'at',
      each: [{ source, column }, ...branch.each],
    });
    return [
      ...(provinces.length > 0 ? [by(`unnest(${this.#add(provinces)}::text[])`, 'province')] : []),
      ...(offices.length > 0 ? [by(this.#streamsOf(offices), 'stream')] : []),
      ...(indicators.length > 0
        ? [
            {
              ...by(`unnest(${this.#add(indicators)}::text[])`, 'name'),
              view: TRAIL_CONCERNING,
              order: 'position' as const,
            },
          ]
        : []),
      // What other permissions open may stand anywhere.
      { ...branch, order: 'at' as const, conditions: [...branch.conditions, 't.opening IS NOT NULL'] },
    ];
  }

  #streamsOf(offices: readonly string[]): string {
    return `(SELECT DISTINCT s.stream FROM read_model.${TRAIL_STREAM} AS s WHERE s.name = ${this.#anyOf(offices)})`;
  }

  #concerning(names: readonly string[]): string {
    const told = this.view.standpoint.past ? ` AND ${this.#toldAsOf('c')}` : '';
    return `EXISTS (SELECT FROM read_model.${TRAIL_CONCERNING} AS c
              WHERE c.position = t.position AND c.name = ${this.#anyOf(names)}${told})`;
  }

  #toldAsOf(alias: string): string {
    return `(${alias}.told_published_position <= ${this.#asOf()} OR ${alias}.told_is_reached)`;
  }

  #asOf(): string {
    return this.#add(this.view.standpoint.position);
  }
}
