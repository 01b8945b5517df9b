import type { Report, Row } from './measure/report';
import { spreadOf, type Spread } from './measure/statistics';
import { rateOf } from './http';
import type { SizeFigures } from './sizes';

/** Largest and smallest log may differ by this factor. */
const FLAT_WITHIN = 1.3;
const EVENTS = 'events/s';
const COMMANDS = 'commands/s';
/** Memory, and the time that a rebuild of more events takes, may grow. */
const COMPARED_UNITS = [EVENTS, COMMANDS, 'ms'];

type Figure = Omit<Row, 'on'>;

/** Turns what was measured on each log into rows, and compares the largest log with the smallest. */
export class SizesReport {
  /** By what was measured, one figure for each size. */
  readonly #series = new Map<string, { readonly figure: Figure; readonly on: string }[]>();

  constructor(private readonly report: Report) {}

  add(figures: SizeFigures): void {
    const on = `${figures.eventCount.toLocaleString('en')} events`;
    for (const figure of figuresOf(figures)) {
      this.report.add({ ...figure, on });
      const key = `${figure.section}/${figure.what}`;
      this.#series.set(key, [...(this.#series.get(key) ?? []), { figure, on }]);
    }
  }

  /** One row for each series: how much slower the largest log is than the smallest. */
  compare(): void {
    for (const series of this.#series.values()) {
      const [smallest, largest] = [series[0], series.at(-1)];
      if (!smallest || !largest || smallest === largest || !COMPARED_UNITS.includes(smallest.figure.unit)) continue;
      const isRate = smallest.figure.unit.endsWith('/s');
      const [slow, fast] = isRate ? [smallest, largest] : [largest, smallest];
      this.report.add({
        section: 'The same on the largest log and the smallest',
        what: `${smallest.figure.section.split(':')[0]}: ${smallest.figure.what}`,
        on: `${smallest.on} → ${largest.on}`,
        unit: '× as slow',
        ours: single(slow.figure.ours.median / fast.figure.ours.median),
        aim: { most: FLAT_WITHIN },
      });
    }
  }
}

function figuresOf({ loopEventsASecond, store, rebuild, commands, lag, asOf }: SizeFigures): Figure[] {
  const loop: Figure = {
    section: 'Store: on a log that grows',
    what: 'whole loop while the log grew to this size: read, fold, decide, encode, append',
    unit: EVENTS,
    ours: single(loopEventsASecond),
  };
  return [
    loop,
    ...(store
      ? [
          { section: loop.section, what: '64 in flight', unit: EVENTS, ours: spreadOf(store.few) },
          { section: loop.section, what: '1,024 in flight', unit: EVENTS, ours: spreadOf(store.many) },
        ]
      : []),
    ...(commands ? commandFigures(commands) : []),
    ...(rebuild ? rebuildFigures(rebuild) : []),
    ...(lag ? lagFigures(lag) : []),
    ...(asOf ? asOfFigures(asOf) : []),
  ];
}

function commandFigures(commands: NonNullable<SizeFigures['commands']>): Figure[] {
  const section = 'HTTP: on a log that grows';
  const memory = spreadOf(commands.map(({ memory: { peak } }) => peak));
  return [
    { section, what: 'commands, skewed choice among 160 agreements', unit: COMMANDS, ours: rateOf(commands) },
    { section, what: 'memory of the service, peak', unit: 'MB', ours: memory, aim: { most: 250 } },
  ];
}

function rebuildFigures(rebuild: NonNullable<SizeFigures['rebuild']>): Figure[] {
  const section = 'Rebuild: standings, latest state and history';
  const rate = single(rebuild.eventsASecond);
  return [
    { section, what: 'events projected', unit: EVENTS, ours: rate, aim: { least: 20_000, goal: 40_000 } },
    { section, what: 'from the order to the switch', unit: 's', ours: single(rebuild.seconds) },
    { section, what: 'memory of the process, peak', unit: 'MB', ours: single(rebuild.peakMegabytes) },
  ];
}

function lagFigures({ lagMs, answerMs, commandsASecond, unseenCount }: NonNullable<SizeFigures['lag']>): Figure[] {
  const section = 'Lag: from the answer to the live stream, 500 commands/s';
  const note = `Sent at their times whatever became of those before: ${commandsASecond.toFixed(0)} commands/s were answered, the stream never told of ${unseenCount}.`;
  return [
    { section, what: 'p50', unit: 'ms', ours: single(lagMs.p50), note },
    { section, what: 'p99', unit: 'ms', ours: single(lagMs.p99), aim: { most: 50, goal: 10 } },
    { section, what: 'p99 of the answer itself', unit: 'ms', ours: single(answerMs.p99) },
  ];
}

function asOfFigures({ overHttp, queryAlone, meanItemCount, others }: NonNullable<SizeFigures['asOf']>): Figure[] {
  const section = 'As of: a province and year at a random past position';
  const note = `Whole answers in one page, ${meanItemCount.toFixed(0)} standings on average; one question after another.`;
  const aim = { most: 50, goal: 10 };
  return [
    { section, what: 'over HTTP, p50', unit: 'ms', ours: single(overHttp.p50), note },
    { section, what: 'over HTTP, p99', unit: 'ms', ours: single(overHttp.p99), aim },
    { section, what: 'query alone, p50', unit: 'ms', ours: single(queryAlone.p50) },
    { section, what: 'query alone, p99', unit: 'ms', ours: single(queryAlone.p99), aim },
    ...others.map(({ what, overHttp: { p99 } }) => ({
      section,
      what: `${what}, over HTTP, p99`,
      unit: 'ms',
      ours: single(p99),
      aim,
    })),
  ];
}

function single(value: number): Spread {
  return { median: value, least: value, most: value };
}
