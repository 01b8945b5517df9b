/** The same in Thai and in English. */
export interface BothLanguages {
  readonly th: string;
  readonly en: string;
}
