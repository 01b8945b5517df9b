import type { Place, Situation } from '../hostile/situation';

const ANY_UUID = '0f8fad5b-d9cb-469f-a165-70867728950e';

/** The address of a route, on things that there are; `{name}` or `:name` in the template. */
export function addressOf(template: string, { names }: Situation, { indicator }: Place): string {
  const [, agreementId = '', indicatorId = ''] = /agreements\/([^/]+)\/indicators\/([^/]+)/.exec(indicator) ?? [];
  const known: Readonly<Record<string, string>> = { ...names, agreementId, indicatorId };
  return template
    .replace(/\{(\w+)\}|:(\w+)/g, (_whole, inBraces: string | undefined, afterColon: string | undefined) => {
      // An appeal, or the grant of a role, of which there is none.
      return known[inBraces ?? afterColon ?? ''] ?? ANY_UUID;
    })
    .replace('*', 'index.css');
}
