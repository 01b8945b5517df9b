import { qualityOf } from './header-quality';

/** A text for people, in both languages of the service. */
export interface BothLanguages {
  readonly th: string;
  readonly en: string;
}

export type Language = keyof BothLanguages;

/** The language in which to answer: Thai, unless English is wanted more. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const english = qualityOf(acceptLanguage, (tag) => tag === 'en' || tag.startsWith('en-'));
  const thai = qualityOf(acceptLanguage, (tag) => tag === 'th' || tag.startsWith('th-'));
  return english > thai ? 'en' : 'th';
}
