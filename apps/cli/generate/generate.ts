import * as fs from 'node:fs';
import type { Config } from '@khamrap/platform/config';
import { createHttpApplication } from '@khamrap/platform/http';
import { CommandBus } from '@nestjs/cqrs';
import { AppModule } from '../../composition/app.module';
import { openInfrastructure } from '../../composition/infrastructure';
import { SLICES } from '../../composition/slices';
import { ClockNotSimulated } from '../refusals';
import type { PlantedAnomaly } from './anomalies';
import { Chance } from './chance';
import { Diary } from './diary';
import type { NationSize } from './nation';
import { noteNation } from './nation-story';
import type { GenerateOptions } from './options';
import { Teller } from './teller';

/** What was generated, and what was planted in it. The same options give the same manifest, but for the time it took. */
export interface Manifest {
  readonly size: NationSize;
  readonly anomalyShare: number;
  readonly commandCount: number;
  readonly eventCount: number;
  readonly durationMs: number;
  readonly anomalies: readonly PlantedAnomaly[];
}

// Enough streams at once to fill the batches of the group commit; with more, reads of the log wait so long that they are given up.
const STREAMS_AT_ONCE = 256;

/** Commands for each indicator of an agreement, and for the agreement itself; a little more than there are. */
const COMMANDS_OF_INDICATOR = 16;
const COMMANDS_OF_AGREEMENT = 24;

/** While agreements of one year are closed, those of the next are negotiated: what is sent to both has to be at hand. */
function commandsInUse({ provinceCount, officeCount, indicatorCount }: NationSize): number {
  return 2 * provinceCount * officeCount * (indicatorCount * COMMANDS_OF_INDICATOR + COMMANDS_OF_AGREEMENT);
}

/**
 * Makes years of a whole nation in a log with a simulated clock, through the commands of the slices. A run that was cut short is
 * taken up by the next one with the same options: every command has a key of its own.
 * @throws ClockNotSimulated
 */
export async function generate(config: Config, { size, anomalyShare }: GenerateOptions): Promise<Manifest> {
  const infrastructure = await openInfrastructure(config, { rememberedCommandCountMax: commandsInUse(size) });
  try {
    const { store, evidence } = infrastructure;
    if (store.identity().clock !== 'simulated')
      throw new ClockNotSimulated('This log reads its own clock: generate into an empty one.');
    // The application as the service has it; it never listens.
    const app = await createHttpApplication({
      rootModule: AppModule.register(config, infrastructure),
      config,
      problems: SLICES.map(({ refusals = {} }) => refusals),
    });
    await app.init();
    const teller = new Teller(app.get(CommandBus));
    const anomalies: PlantedAnomaly[] = [];
    const diary = new Diary();
    const planted = (anomaly: PlantedAnomaly): void => void anomalies.push(anomaly);
    const begun = performance.now();
    noteNation({ teller, diary, store, evidence, chance: new Chance(size.seed), planted }, size, anomalyShare);
    await diary.live(STREAMS_AT_ONCE);
    const { commandCount, eventCount } = teller;
    const durationMs = Math.round(performance.now() - begun);
    return { size, anomalyShare, commandCount, eventCount, durationMs, anomalies: anomalies.toSorted(inOrder) };
  } finally {
    await infrastructure.close();
  }
}

/** Generates as the command line asks, and tells how it went. @returns the exit code */
export async function runGenerate(config: Config, options: GenerateOptions): Promise<number> {
  const manifest = await generate(config, options);
  if (options.manifestFile !== undefined)
    fs.writeFileSync(options.manifestFile, `${JSON.stringify(manifest, null, 2)}\n`);
  const { commandCount, eventCount, durationMs, anomalies } = manifest;
  const rate = Math.round(eventCount / (durationMs / 1_000));
  process.stdout.write(
    `${eventCount} events by ${commandCount} commands in ${(durationMs / 1_000).toFixed(1)} s: ${rate} a second.\n` +
      `${anomalies.length} anomalies are planted${options.manifestFile === undefined ? '' : `; ${options.manifestFile} lists them`}.\n`,
  );
  return 0;
}

/** Streams go on beside each other, so the order in which things happened on one day is no order. */
function inOrder(one: PlantedAnomaly, other: PlantedAnomaly): number {
  return one.fiscalYear - other.fiscalYear || (placeOf(one) < placeOf(other) ? -1 : 1);
}

function placeOf({ schemeId = '', agreementId = schemeId }: PlantedAnomaly): string {
  return agreementId;
}
