/** A piece of HTML; whatever is put into it as text cannot become markup. */
export class Html {
  constructor(readonly text: string) {}
}

type Part = Html | string | number | readonly Html[];

/** Puts texts and pieces of HTML into HTML: texts are escaped, for elements and for attributes in quotation marks alike. */
export function html(literals: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(
    literals.map((literal, index) => literal + (index < parts.length ? textOf(parts[index]) : '')).join(''),
  );
}

/** Nothing. */
export const NONE = new Html('');

function textOf(part: Part | undefined): string {
  if (part instanceof Html) return part.text;
  if (typeof part === 'string' || typeof part === 'number') return escaped(String(part));
  return (part ?? []).map(({ text }) => text).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
