import { canonicalJson, NOT_STATED, type IsoDate, type Rejection } from '@khamrap/kernel';
import type { DescribeSourceDocument, RegisterSourceDocument, SourceDocumentCommand } from './source-document.commands';
import type {
  SourceDescription,
  SourceDocumentDescribed,
  SourceDocumentEvent,
  SourceDocumentRegistered,
} from './source-document.events';
import { refuse } from './source-document.refusals';
import type { SourceDocumentState } from './source-document.state';

const SHA256_HEX = /^[0-9a-f]{64}$/;

/** Every command of the stream, and the one function that judges it. */
export function decide(
  command: SourceDocumentCommand,
  state: SourceDocumentState,
): readonly SourceDocumentEvent[] | Rejection {
  switch (command.type) {
    case 'RegisterSourceDocument':
      return register(command, state);
    case 'DescribeSourceDocument':
      return describe(command, state);
  }
}

function register(
  { data, decidedOn }: RegisterSourceDocument,
  state: SourceDocumentState,
): readonly SourceDocumentRegistered[] | Rejection {
  if (state.status === 'registered') return refuse('sourceDocument.alreadyRegistered');
  if (!SHA256_HEX.test(data.sha256)) return refuse('sourceDocument.hashMalformed', {}, '/sha256');
  return refusalOfDescription(data, decidedOn) ?? [{ type: 'SourceDocumentRegistered', data }];
}

function describe(
  { data, decidedOn }: DescribeSourceDocument,
  state: SourceDocumentState,
): readonly SourceDocumentDescribed[] | Rejection {
  if (state.status === 'notRegistered') return refuse('sourceDocument.notRegistered');
  const refusal = refusalOfDescription(data, decidedOn);
  if (refusal) return refusal;
  const { reason: _reason, ...description } = data;
  if (isSame(description, state.description)) return [];
  return [{ type: 'SourceDocumentDescribed', data }];
}

function refusalOfDescription(
  { publishedOn, tellsOf, addresses }: SourceDescription,
  decidedOn: IsoDate,
): Rejection | undefined {
  if (publishedOn !== NOT_STATED && publishedOn > decidedOn)
    return refuse('sourceDocument.publishedInTheFuture', { publishedOn }, '/publishedOn');
  const day = indexOfRepeated(tellsOf);
  if (day >= 0) return refuse('sourceDocument.dayRepeated', {}, `/tellsOf/${day}`);
  const address = indexOfRepeated(addresses);
  return address < 0 ? undefined : refuse('sourceDocument.addressRepeated', {}, `/addresses/${address}`);
}

function indexOfRepeated(texts: readonly string[]): number {
  return texts.findIndex((text, index) => texts.indexOf(text) < index);
}

function isSame(one: SourceDescription, other: SourceDescription): boolean {
  return canonicalJson(one) === canonicalJson(other);
}
