import type { RejectionCatalogue, RejectionKind } from '@khamrap/kernel';
import { HTTP_PROBLEMS, type ProblemDescription } from './http-problems';

const STATUS_OF_KIND: Readonly<Record<RejectionKind, number>> = {
  conflict: 409,
  unprocessable: 422,
  notFound: 404,
  forbidden: 403,
};

/** Every kind of problem that the service can answer with, by its code. */
export class ProblemCatalogue {
  private readonly descriptions = new Map<string, ProblemDescription>(Object.entries(HTTP_PROBLEMS));

  /**
   * @throws Error when two catalogues give one code two meanings
   */
  constructor(rejections: readonly RejectionCatalogue[]) {
    for (const [code, { kind, title }] of rejections.flatMap((catalogue) => Object.entries(catalogue))) {
      if (this.descriptions.has(code)) throw new Error(`the problem "${code}" is described twice`);
      this.descriptions.set(code, { status: STATUS_OF_KIND[kind], title });
    }
  }

  find(code: string): ProblemDescription | undefined {
    return this.descriptions.get(code);
  }

  /** All codes with their descriptions, in alphabetical order. */
  all(): readonly (readonly [code: string, description: ProblemDescription])[] {
    return [...this.descriptions].sort(([first], [second]) => (first < second ? -1 : 1));
  }
}

/** The address of a kind of problem, which is also its `type`. */
export function problemType(code: string): string {
  return `/problems/${encodeURIComponent(code)}`;
}
