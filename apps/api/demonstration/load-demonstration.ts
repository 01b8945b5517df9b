import * as fs from 'node:fs';
import * as path from 'node:path';
import { AddIndicator, DraftAgreement, ReportActual, SetTarget, type AgreementCommand } from '@khamrap/agreements';
import { AnnounceAwards, GrantAward, type AwardCommand } from '@khamrap/awards';
import {
  canonicalJson,
  NOT_STATED,
  sha256Hex,
  type Json,
  type NotStated,
  type Provenance,
  type Span,
} from '@khamrap/kernel';
import { grant, type Requester } from '@khamrap/platform/access';
import { commandIdOf, type CommandContext } from '@khamrap/platform/event-store';
import type { CommandOutcome } from '@khamrap/platform/http';
import { Logger, type INestApplicationContext } from '@nestjs/common';
import { CommandBus, type Command } from '@nestjs/cqrs';
import type { Infrastructure } from '../../composition/infrastructure';
import { agreementSteps, awardSteps } from './phrae';

const ISSUER = 'urn:khamrap:demonstration';
const SUBJECT = 'recorder';
const MARK = 'demonstration.json';

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
  const head = await infrastructure.store.head();
  if (state?.complete || (!state && head.position > 0)) return;
  writeMark(mark, { complete: false });
  const loader = new Loader(app.get(CommandBus), await recorder(infrastructure));
  for (const step of agreementSteps) await loader.takeAgreement(step.key, step.command);
  for (const step of awardSteps) await loader.takeAward(step.key, step.command);
  writeMark(mark, { complete: true });
  new Logger('Demonstration').log(`${loader.count} statements of the source documents of Phrae are in the ledger`);
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
  readonly #agreementIds = new Map<string, string>();
  /** Ids that the ledger gave to the indicators of the file. */
  readonly #indicatorIds = new Map<string, string>();
  count = 0;

  constructor(
    private readonly commands: CommandBus,
    private readonly requester: Requester,
  ) {}

  async takeAgreement(key: string, command: AgreementCommand): Promise<void> {
    const { requester } = this;
    const context = this.#context(key, command);
    const agreementId = this.#agreementIds.get(key) ?? '';
    switch (command.type) {
      case 'DraftAgreement': {
        const { id } = await this.#execute(
          new DraftAgreement(
            undefined,
            { ...withSource(command), parties: [...command.data.parties] },
            requester,
            context,
          ),
        );
        return void this.#agreementIds.set(key, id);
      }
      case 'AddIndicator': {
        const { indicatorId, parentIndicatorId, ...terms } = command.data;
        const parent =
          parentIndicatorId === undefined ? {} : { parentIndicatorId: this.#indicatorId(key, parentIndicatorId) };
        const body = { ...terms, ...parent, source: sourceOf(command.provenance) };
        const { id } = await this.#execute(new AddIndicator({ agreementId }, body, requester, context));
        return void this.#indicatorIds.set(`${key}/${indicatorId}`, id);
      }
      case 'SetTarget': {
        const { indicatorId, span, ...target } = command.data;
        const body = { ...target, span: spanBody(span), source: sourceOf(command.provenance) };
        return void (await this.#execute(
          new SetTarget({ agreementId, indicatorId: this.#indicatorId(key, indicatorId) }, body, requester, context),
        ));
      }
      case 'ReportActual': {
        const { indicatorId, span, evidence, note: _note, preparedBy: _preparedBy, ...actual } = command.data;
        const body = { ...actual, span: spanBody(span), evidence: [...evidence], source: sourceOf(command.provenance) };
        return void (await this.#execute(
          new ReportActual({ agreementId, indicatorId: this.#indicatorId(key, indicatorId) }, body, requester, context),
        ));
      }
      case 'SignAgreement':
        throw new Error('no source document states a signature');
    }
  }

  async takeAward(key: string, command: AwardCommand): Promise<void> {
    const context = this.#context(key, command);
    const { awardYear } = command.data;
    const common = {
      awardYear: awardYear === NOT_STATED ? { notStated: true as const } : { year: awardYear },
      source: sourceOf(command.provenance),
    };
    const grantors = [...command.data.grantors];
    switch (command.type) {
      case 'GrantAward': {
        const body = {
          ...command.data,
          ...common,
          grantors,
          recipients: [...command.data.recipients],
          forms: [...command.data.forms],
        };
        return void (await this.#execute(new GrantAward(undefined, body, this.requester, context)));
      }
      case 'AnnounceAwards':
        return void (await this.#execute(
          new AnnounceAwards(undefined, { ...command.data, ...common, grantors }, this.requester, context),
        ));
    }
  }

  async #execute(command: Command<CommandOutcome>): Promise<CommandOutcome> {
    this.count++;
    return this.commands.execute(command);
  }

  #indicatorId(key: string, fileId: string): string {
    const id = this.#indicatorIds.get(`${key}/${fileId}`);
    if (id === undefined) throw new Error(`${key} has no indicator ${fileId}`);
    return id;
  }

  #context(key: string, command: AgreementCommand | AwardCommand): CommandContext {
    // What a command says is its key: the same statement is the same command on every start.
    const statement = sha256Hex(canonicalJson([key, command] as unknown as Json));
    const commandId = commandIdOf(ISSUER, SUBJECT, statement);
    return {
      commandId,
      requestHash: statement,
      actor: this.requester.actor,
      decidedAt: new Date().toISOString(),
      correlationId: commandId,
      provenance: command.type === 'SignAgreement' ? { kind: 'native' } : command.provenance,
    };
  }
}

function withSource<Data>({
  data,
  provenance,
}: {
  data: Data;
  provenance: Provenance;
}): Data & { source: ReturnType<typeof sourceOf> } {
  return { ...data, source: sourceOf(provenance) };
}

function sourceOf(provenance: Provenance): { document: string; passage: string } {
  if (provenance.kind === 'native') throw new Error('the demonstration states nothing of its own');
  return { document: provenance.sourceDocument, passage: provenance.passage };
}

function spanBody(span: Span | NotStated): { from?: Span['from']; to?: Span['to']; notStated?: true } {
  return span === NOT_STATED ? { notStated: true } : { from: span.from, to: span.to };
}
