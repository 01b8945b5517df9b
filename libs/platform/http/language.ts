import type { BothLanguages } from '@khamrap/kernel';
import { qualityOf } from './header-quality';

export type Language = keyof BothLanguages;

/** The language in which to answer: Thai, unless English is wanted more. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const english = qualityOf(acceptLanguage, (tag) => tag === 'en' || tag.startsWith('en-'));
  const thai = qualityOf(acceptLanguage, (tag) => tag === 'th' || tag.startsWith('th-'));
  return english > thai ? 'en' : 'th';
}
