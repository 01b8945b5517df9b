import { textArray, uuidArray } from '@khamrap/platform/database';
import type { DecodedEvent } from '@khamrap/platform/event-store';
import type { ProjectionWriter, RowChange } from '@khamrap/platform/projections';
import type { Finding, Touch } from '../../domain/detection/finding';
import type { ToldEvent } from '../../domain/detection/memory';
import type { RulesInForce } from '../../domain/rules/rules-in-force';
import { QUESTION_PREFIX, questionIdOf, rowAfterFinding, rowAfterLife, rowAfterTouch, toldOf } from './question-row';
import { questionTable, type QuestionRow } from './questions.tables';

type Act =
  | { readonly kind: 'found'; readonly told: ToldEvent; readonly finding: Finding; readonly rules: RulesInForce }
  | { readonly kind: 'touched'; readonly told: ToldEvent; readonly touch: Touch }
  | { readonly kind: 'lived'; readonly told: ToldEvent; readonly event: DecodedEvent };

const COLUMNS = Object.keys({ ...questionTable.options.key, ...questionTable.options.columns });

/** What a batch does to questions: noted event by event, then worked out on the rows that it concerns and written at once. */
export class QuestionChanges {
  readonly #acts: Act[] = [];
  readonly #rows = new Map<string, QuestionRow>();
  readonly #watched = new Map<string, Set<string>>();

  found(told: ToldEvent, findings: readonly Finding[], rules: RulesInForce): void {
    for (const finding of findings) this.#acts.push({ kind: 'found', told, finding, rules });
  }

  touched(told: ToldEvent, touches: readonly Touch[]): void {
    for (const touch of touches) this.#acts.push({ kind: 'touched', told, touch });
  }

  live(event: DecodedEvent): void {
    this.#acts.push({ kind: 'lived', told: toldOf(event), event });
  }

  async write(writer: ProjectionWriter): Promise<void> {
    if (this.#acts.length === 0) return;
    await this.#read(writer);
    const changes: RowChange[] = [];
    for (const act of this.#acts) {
      for (const row of this.#rowsAfter(act)) {
        this.#know(row);
        const { link, recordedAtMs } = act.told;
        changes.push({ row: { ...row }, present: true, position: link.position, recordedAtMs });
      }
    }
    // One event can add to a question in several ways: of what it makes of a row, the last counts.
    await questionTable.write(writer, lastOfEach(changes));
  }

  async #read({ client, schema }: ProjectionWriter): Promise<void> {
    const ids = this.#acts.flatMap((act) => {
      if (act.kind === 'found') return [questionIdOf(act.finding)];
      return act.kind === 'lived' ? [act.event.stream.slice(QUESTION_PREFIX.length)] : [];
    });
    const watches = this.#acts.flatMap((act) => (act.kind === 'touched' ? [act.touch.watch] : []));
    const columns = COLUMNS.join(', ');
    const { rows } = await client.query<QuestionRow>(
      `SELECT ${columns} FROM ${schema}.${questionTable.name} WHERE question_id = ANY ($1::uuid[])
       UNION SELECT ${columns} FROM ${schema}.${questionTable.name} WHERE watch = ANY ($2::text[])`,
      [uuidArray([...new Set(ids)]), textArray([...new Set(watches)])],
    );
    for (const row of rows) {
      const { raised_position: position, raised_at_ms: atMs } = row;
      this.#know({ ...row, raised_position: Number(position), raised_at_ms: Number(atMs) });
    }
  }

  #know(row: QuestionRow): void {
    this.#rows.set(row.question_id, row);
    if (row.watch === null) return;
    const watched = this.#watched.get(row.watch) ?? new Set();
    this.#watched.set(row.watch, watched.add(row.question_id));
  }

  /** The rows that are other rows after an act. */
  #rowsAfter(act: Act): readonly QuestionRow[] {
    switch (act.kind) {
      case 'found': {
        const before = this.#rows.get(questionIdOf(act.finding));
        const after = rowAfterFinding(before, act.finding, act.rules, act.told);
        return before && isAlike(before, after) ? [] : [after];
      }
      case 'touched': {
        const { watch, offices } = act.touch;
        const ids = [...(this.#watched.get(watch) ?? [])].toSorted();
        const rows = ids.flatMap((id) => this.#rows.get(id) ?? []);
        const meant = rows.filter((row) => offices === undefined || offices.includes(row.office_id ?? ''));
        return meant.flatMap((row) => rowAfterTouch(row, act.told) ?? []);
      }
      case 'lived': {
        const after = rowAfterLife(this.#rows.get(act.event.stream.slice(QUESTION_PREFIX.length)), act.event);
        return after ? [after] : [];
      }
    }
  }
}

function isAlike(one: QuestionRow, other: QuestionRow): boolean {
  return (
    one.rests_on === other.rests_on &&
    one.measures === other.measures &&
    one.seen_th === other.seen_th &&
    one.seen_en === other.seen_en
  );
}

function lastOfEach(changes: readonly RowChange[]): readonly RowChange[] {
  const last = new Map<string, RowChange>();
  for (const change of changes) {
    const key = `${String(change.row['question_id'])} ${change.position}`;
    // Behind those that came before it, so that positions go on in their order.
    last.delete(key);
    last.set(key, change);
  }
  return [...last.values()];
}
