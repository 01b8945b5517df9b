import { sentenceOf, severityOf, type TrustedCheckpoint, type Verdict } from '@khamrap/platform/transparency/proof';
import type { VerifyOptions } from './options';

/** The answer as it is written, in the languages that were asked for. */
export function answerText(
  target: string,
  checkpoint: TrustedCheckpoint | undefined,
  verdict: Verdict,
  { languages, asJson }: VerifyOptions,
): string {
  if (asJson) return `${JSON.stringify(answerJson(target, checkpoint, verdict), undefined, 2)}\n`;
  const head = checkpoint ? [`${target}: ${checkpoint.origin}, ${checkpoint.size}`] : [target];
  const parts = languages.map((language) => verdict[language].join('\n'));
  return `${[...head, ...parts].join('\n\n')}\n`;
}

function answerJson(target: string, checkpoint: TrustedCheckpoint | undefined, verdict: Verdict): object {
  return {
    target,
    outcome: verdict.outcome,
    ...(checkpoint && { origin: checkpoint.origin, size: checkpoint.size }),
    ...(verdict.firstBadPosition !== undefined && { firstBadPosition: verdict.firstBadPosition }),
    findings: verdict.findings.map((finding) => ({
      ...finding,
      severity: severityOf(finding),
      th: sentenceOf(finding, 'th'),
      en: sentenceOf(finding, 'en'),
    })),
  };
}
