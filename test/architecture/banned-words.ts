/** Something that has no place in a file, and what stands there instead. */
export interface Ban {
  readonly pattern: RegExp;
  readonly instead: string;
  /** A piece of code that the pattern has to find. */
  readonly example: string;
  /** Where the ban holds; everywhere when absent. */
  readonly where?: RegExp;
  readonly except?: RegExp;
  /** Comments may name what code may not do; some words may not even be named. */
  readonly inComments?: true;
}

const SLICES = /^libs\/slices\//;
const SPECS = /\.spec\.tsx?$/;
const DOMAIN_WORDS = /^(?:apps|libs\/kernel|libs\/slices|libs\/ui)\//;
/** Where leaves of the verifiable log are made and read. */
const LEAVES =
  /^libs\/platform\/transparency\/(?:leaves|log-builder\.spec|proof\/)|^libs\/testing\/verifiable-log\/|^test\/browser\/sample-log/;
const THIS_TABLE = /^test\/architecture\//;

export const BANS: readonly Ban[] = [
  // Truth travels through the log, in order, or not at all: libs/decisions/0005.
  {
    pattern: /\b(?:EventBus|EventPublisher|EventsHandler|IEventHandler|AggregateRoot|ofType)\b/,
    instead: 'a projection on the subscription of the store, and a decider',
    example: 'constructor(private readonly eventBus: EventBus) {}',
  },
  {
    pattern: /\bSaga\b/,
    instead: 'a subscriber with a checkpoint that sends commands',
    example: '@Saga() signed = () => undefined;',
  },
  {
    pattern: /\bforwardRef\b/,
    instead: 'a third file that both need, because this hides a cycle',
    example: 'imports: [forwardRef(() => OtherModule)]',
  },
  {
    pattern: /\bsynchronize:\s*true\b/,
    instead: 'a migration',
    example: 'new DataSource({ synchronize: true })',
  },
  {
    pattern: /\benableImplicitConversion\b/,
    instead: 'a declared type, because it turns "false" into true',
    example: 'transformOptions: { enableImplicitConversion: true }',
  },
  {
    pattern: /\.on\(\s*['"]data['"],\s*async\b/,
    instead: 'for await, which waits for what it started',
    example: "subscription.on('data', async (event) => {})",
  },
  {
    pattern:
      /\b(?:BadRequest|Conflict|Forbidden|Gone|Http|NotFound|PreconditionFailed|Unauthorized|UnprocessableEntity)Exception\b/,
    instead: 'a Rejection; platform/http alone turns its code into a status',
    example: 'throw new NotFoundException()',
    where: SLICES,
  },
  {
    pattern: /\bDate\.now\(\)|\bnew Date\(\)/,
    instead: 'the time that the controller has read, once, as an argument',
    example: 'const now = Date.now();',
    where: SLICES,
    except: /\.controller\.ts$|\.spec\.ts$/,
  },
  {
    pattern: /\bprocess\.env\b/,
    instead: 'platform/config, which checks it at the start',
    example: 'const url = process.env.DATABASE_URL;',
    // A program hands its environment to platform/config; the embedded server passes a chosen part of it on.
    except:
      /^apps\/[a-z]+\/main\.ts$|^libs\/platform\/(?:config|database\/embedded)\/|^test\/|^libs\/testing\/|\.(?:program|spec)\.ts$/,
  },
  {
    pattern: /(?<!jest\.)\bsetTimeout\b/,
    instead: 'eventually(…) of libs/testing, which waits for a condition',
    example: 'await new Promise((resolve) => setTimeout(resolve, 100));',
    where: SPECS,
  },
  // Words of the glossary, and no others.
  {
    pattern: /\bagenc(?:y|ies)\b/i,
    instead: 'office, provincialOffice',
    example: 'const agency = 1;',
    where: DOMAIN_WORDS,
    inComments: true,
  },
  {
    pattern: /\bcontracts?\b/i,
    instead: 'agreement',
    example: 'interface Contract {}',
    where: DOMAIN_WORDS,
    inComments: true,
  },
  {
    pattern: /\bkpis?\b|Kpi|\bKPI[A-Z_]/,
    instead: 'indicator',
    example: 'const kpi = 1;',
    where: DOMAIN_WORDS,
  },
  {
    pattern: /\bsubKpi\b|\bchildIndicator\b/,
    instead: 'an indicator with a parentIndicator',
    example: 'childIndicator: string;',
    where: DOMAIN_WORDS,
  },
  // Names are whole words.
  {
    pattern:
      /\b(?:acc|cb|cfg|conn|ctx|dto|err|evt|fn|idx|impl|mgr|msg|num|obj|opts|prev|repo|req|res|str|svc|tmp|val)\b/,
    instead: 'the whole word',
    example: 'const ctx = 1;',
    // A leaf of the verifiable log has a field of that name, for ever.
    except: LEAVES,
  },
  {
    pattern: /\b(?:class|const|function|interface|type) \w*(?:Helpers?|Utils?|Manager)\b/i,
    instead: 'a name that says what it does',
    example: 'class DateUtils {}',
  },
  // Nothing is left for later in a file.
  {
    pattern: /\b(?:TODO|FIXME|HACK|XXX)\b/,
    instead: 'the work itself, or a known limit in the README',
    example: '// TODO: sign it',
    inComments: true,
  },
];

/** Whether a ban holds in a file; the table itself is exempt, and so are the sentences that tests quote. */
export function holdsIn(ban: Ban, path: string): boolean {
  if (THIS_TABLE.test(path)) return false;
  return (ban.where?.test(path) ?? true) && !(ban.except?.test(path) ?? false);
}
