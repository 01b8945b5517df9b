import { CertifyActual, CloseEvaluationRound, CorrectActual, ReportActual } from '@khamrap/agreements';
import { spanKey, type IsoDate } from '@khamrap/kernel';
import type { CommandOutcome } from '@khamrap/platform/http';
import type { AgreementStory } from './agreement-story';
import type { GeneratedRound } from './calendar';
import { actualFor } from './figures';
import type { IndicatorKind } from './indicator-kinds';

// What people do in a round, each as one command or one for each indicator.

const NOT_AVAILABLE_SHARE = 0.005;

type ReportActualBody = ConstructorParameters<typeof ReportActual>[1];

/** Reports a round for some indicators. @param evidence what the figures are said to rest on */
export async function report(
  story: AgreementStory,
  round: GeneratedRound,
  kinds: readonly IndicatorKind[],
  on: IsoDate,
  evidence?: ReportActualBody['evidence'],
): Promise<CommandOutcome[]> {
  const { teller } = story.telling;
  return Promise.all(
    kinds.map((kind) =>
      teller.tell(
        story.says(story.persons.keeper, on, `reports ${kind.code} ${round.round}`),
        ReportActual,
        story.of(kind),
        {
          span: round.span,
          unit: kind.unit,
          finality: 'provisional',
          asOf: round.span.to,
          ...figureOf(story, round, kind),
          ...(evidence && { evidence }),
        },
      ),
    ),
  );
}

function figureOf(story: AgreementStory, round: GeneratedRound, kind: IndicatorKind) {
  const { chance } = story.telling;
  if (chance.happens(NOT_AVAILABLE_SHARE, ...story.words(kind.code, round.round, 'not available')))
    return { kind: 'notAvailable' as const, notAvailableReason: 'ระบบต้นทางยังไม่เผยแพร่ข้อมูล' };
  return { kind: 'value' as const, value: actualFor(chance, story.agreement, kind, round) };
}

/** Which correction of a figure it is, and by how much it differs from what would be right. */
export interface Correction {
  readonly correction: number;
  readonly factor?: number;
}

/** Corrects a figure. */
export async function correct(
  story: AgreementStory,
  round: GeneratedRound,
  kind: IndicatorKind,
  on: IsoDate,
  { correction, factor = 1 }: Correction,
): Promise<CommandOutcome> {
  const { chance, teller } = story.telling;
  const value = actualFor(chance, story.agreement, kind, round, correction);
  return teller.tell(
    story.says(story.persons.keeper, on, `corrects ${kind.code} ${round.round} ${correction}`),
    CorrectActual,
    periodOf(story, round, kind),
    {
      kind: 'value',
      value: factor === 1 ? value : String(Math.round(Number(value) * factor)),
      unit: kind.unit,
      finality: 'provisional',
      reason: 'แก้ไขตามหลักฐานที่ตรวจสอบแล้ว',
    },
  );
}

/** Certifies figures in one step. */
export async function certify(
  story: AgreementStory,
  round: GeneratedRound,
  kinds: readonly IndicatorKind[],
  step: 'supervisor' | 'performanceUnit',
  on: IsoDate,
  time = 'first',
): Promise<void> {
  const { teller } = story.telling;
  await Promise.all(
    kinds.map((kind) =>
      teller.tell(
        story.says(story.persons[step], on, `certifies ${kind.code} ${round.round} ${time}`),
        CertifyActual,
        periodOf(story, round, kind),
        { step },
      ),
    ),
  );
}

/** Closes a round. */
export async function close(
  story: AgreementStory,
  { round }: GeneratedRound,
  on: IsoDate,
  what: string,
): Promise<CommandOutcome> {
  const by = story.says(story.persons.performanceUnit, on, `${what} ${round}`);
  return story.telling.teller.tell(by, CloseEvaluationRound, { ...story.target, round }, undefined);
}

/** The figure of an indicator for a round. */
export function periodOf(story: AgreementStory, { span }: GeneratedRound, kind: IndicatorKind) {
  return { ...story.of(kind), period: spanKey(span) };
}
