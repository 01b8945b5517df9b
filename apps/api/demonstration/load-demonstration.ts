import * as fs from 'node:fs';
import * as path from 'node:path';
import {
  canonicalJson,
  LEDGER_STREAM,
  NATIVE,
  sha256Hex,
  startOfBangkokDay,
  type IsoDate,
  type Json,
} from '@khamrap/kernel';
import { grant, type Requester } from '@khamrap/platform/access';
import { commandIdOf, type CommandContext, type EventStore } from '@khamrap/platform/event-store';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import { CommandBus } from '@nestjs/cqrs';
import type { Infrastructure } from '../../composition/infrastructure';
import type { Statement, Step } from './demonstration-step';
import { demonstrationSteps } from './steps';

const ISSUER = 'urn:khamrap:demonstration';
const SUBJECT = 'recorder';
const MARK = 'demonstration.json';
const READ_COUNT = 100;
/** On a simulated day, offices open at nine. */
const OPENING_MS = 9 * 3_600_000;

/**
 * Puts the facts of the source documents into a new ledger, through the commands that everybody uses. Every command has a
 * key of its own, so a first start that was cut short is taken up where it ended; a ledger that had been in use before is
 * left alone.
 */
export async function loadDemonstration(
  app: INestApplicationContext,
  infrastructure: Infrastructure,
  dataFolder: string,
): Promise<void> {
  const mark = path.join(dataFolder, MARK);
  const state = readMark(mark);
  const { store } = infrastructure;
  if (state?.complete || (!state && (await wasInUse(store)))) return;
  writeMark(mark, { complete: false });
  const isSimulated = store.identity().clock === 'simulated';
  const loader = new Loader(app.get(CommandBus), await recorder(infrastructure), isSimulated);
  for (const step of demonstrationSteps) await loader.take(step);
  writeMark(mark, { complete: true });
  new Logger('Demonstration').log(`${demonstrationSteps.length} statements of the source documents are in the ledger`);
}

/** Whether there is anything but what the log says of itself: that it was opened, with which keys it is signed. */
async function wasInUse(store: EventStore): Promise<boolean> {
  for (let from = 0; ;) {
    const events = await store.readLog(from, READ_COUNT);
    if (events.some(({ stream }) => stream !== LEDGER_STREAM)) return true;
    if (events.length < READ_COUNT) return false;
    from += READ_COUNT;
  }
}

interface Mark {
  readonly complete: boolean;
}

function readMark(mark: string): Mark | undefined {
  return fs.existsSync(mark) ? (JSON.parse(fs.readFileSync(mark, 'utf8')) as Mark) : undefined;
}

// Written aside and moved into place: a start that is killed here leaves a whole mark or none.
function writeMark(mark: string, content: Mark): void {
  fs.writeFileSync(`${mark}.part`, JSON.stringify(content));
  fs.renameSync(`${mark}.part`, mark);
}

async function recorder({ vault }: Infrastructure): Promise<Requester> {
  const id = await vault.pseudonymOf({ issuer: ISSUER, subject: SUBJECT });
  return {
    issuer: ISSUER,
    subject: SUBJECT,
    actor: { id, role: 'recorder' },
    grants: [grant('recorder', { kind: 'nation' })],
  };
}

class Loader {
  /** What the ledger named that which a step made, by the key of the step. */
  readonly #ids = new Map<string, string>();

  constructor(
    private readonly commands: CommandBus,
    private readonly requester: Requester,
    private readonly isSimulated: boolean,
  ) {}

  async take({ key, knownOn, say }: Step): Promise<void> {
    const statement = say((earlier) => this.#idOf(earlier));
    const command = statement.by(this.requester, this.#context(key, knownOn, statement));
    const { id } = await this.commands.execute(command);
    this.#ids.set(key, id);
  }

  #idOf(key: string): string {
    const id = this.#ids.get(key);
    if (id === undefined) throw new Error(`no earlier step is ${key}`);
    return id;
  }

  #context(key: string, knownOn: IsoDate, { target, body }: Statement): CommandContext {
    // What a command says is its key: the same statement is the same command on every start.
    const digest = sha256Hex(canonicalJson([key, target ?? null, body] as unknown as Json));
    const commandId = commandIdOf(ISSUER, SUBJECT, digest);
    const recordedAt = this.isSimulated ? startOfBangkokDay(knownOn) + OPENING_MS : undefined;
    return {
      commandId,
      requestHash: digest,
      actor: this.requester.actor,
      decidedAt: new Date(recordedAt ?? Date.now()).toISOString(),
      correlationId: commandId,
      provenance: NATIVE,
      ...(recordedAt !== undefined && { recordedAt }),
    };
  }
}
