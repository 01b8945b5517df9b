import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import type { BothLanguages, JsonObject, Provenance } from '@khamrap/kernel';
import {
  BothLanguagesAnswer,
  EventProvenanceAnswer,
  TimesOfAnswer,
  type CsvColumn,
  type Page,
} from '@khamrap/platform/http';

class TrailActorAnswer {
  @ApiProperty({ description: 'Never a name, never a number that the state issued' }) readonly pseudonym: string;
  @ApiProperty({ example: 'officeHead' }) readonly role: string;
  @ApiPropertyOptional({ example: 'phrae-cdd', description: 'For which office' }) readonly office?: string;
  @ApiPropertyOptional({ type: BothLanguagesAnswer, description: 'What the office was called when it was recorded' })
  readonly officeName?: BothLanguages;
  @ApiPropertyOptional({ description: 'Pseudonym of the one in whose right it was done' }) readonly onBehalfOf?: string;
}

class TrailPublishedAnswer {
  @ApiProperty({ description: 'Position of the event by which it was published; its own where that was at once' })
  readonly position: number;
  @ApiProperty({ format: 'date-time' }) readonly at: string;
}

class TrailActAnswer {
  @ApiProperty({ format: 'uuid', description: 'The same for all events of one act' }) readonly commandId: string;
  @ApiProperty() readonly correlationId: string;
  @ApiPropertyOptional() readonly causationId?: string;
}

class TrailLinksAnswer {
  @ApiProperty({ example: '/v1/audit/receipts/0f5e…' }) readonly receipt: string;
  @ApiProperty({
    example: '/v1/audit/disclosures/41',
    description: 'The event as it was recorded, with what opens its leaf',
  })
  readonly disclosure: string;
  @ApiProperty({ description: 'The history of what the event is about' }) readonly history: string;
}

/** One event of the log, as far as who asks may have it. */
export class TrailEventAnswer {
  @ApiProperty() readonly position: number;
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty({ example: 'ActualReported' }) readonly type: string;
  @ApiProperty({ example: 'office-phrae-cdd' }) readonly stream: string;
  @ApiProperty({ description: 'Within the stream, from 0' }) readonly revision: number;
  @ApiPropertyOptional({ type: BothLanguagesAnswer, description: 'What was done' }) readonly heading?: BothLanguages;
  @ApiPropertyOptional({
    type: BothLanguagesAnswer,
    description: 'The same as a sentence, by this event alone; its history tells it with what stood before',
  })
  readonly sentence?: BothLanguages;
  @ApiProperty({ type: TrailActorAnswer }) readonly actor: TrailActorAnswer;
  @ApiProperty({ format: 'date-time' }) readonly recordedAt: string;
  @ApiProperty({ format: 'date-time' }) readonly decidedAt: string;
  @ApiPropertyOptional({ format: 'date', description: 'From which day on it holds, where it says so' })
  readonly effectiveFrom?: string;
  @ApiProperty({
    type: TrailPublishedAnswer,
    nullable: true,
    description: 'By what everybody may have it; null where it is told to those who are entitled to it',
  })
  readonly published: TrailPublishedAnswer | null;
  @ApiProperty({ type: TrailActAnswer }) readonly act: TrailActAnswer;
  @ApiProperty({ type: EventProvenanceAnswer }) readonly provenance: Provenance;
  @ApiProperty({
    type: 'object',
    additionalProperties: true,
    description:
      'What it says, in the newest version; private values where who asks may have them, else their commitments',
  })
  readonly data: JsonObject;
  @ApiProperty({ type: TrailLinksAnswer }) readonly links: TrailLinksAnswer;
}

/** A page of events. */
export type TrailPage = Page<TrailEventAnswer>;

/** The same as JSON. */
export class TrailPageAnswer extends TimesOfAnswer {
  @ApiProperty({ type: [TrailEventAnswer] }) readonly items: readonly TrailEventAnswer[];
  @ApiProperty({ description: 'The answer tells of the events up to this position' }) readonly position: number;
}

export const TRAIL_COLUMNS: readonly CsvColumn<TrailEventAnswer>[] = [
  { header: 'position', value: (event) => event.position },
  { header: 'eventId', value: (event) => event.eventId },
  { header: 'type', value: (event) => event.type },
  { header: 'stream', value: (event) => event.stream },
  { header: 'revision', value: (event) => event.revision },
  { header: 'actor', value: (event) => event.actor.pseudonym },
  { header: 'role', value: (event) => event.actor.role },
  { header: 'office', value: (event) => event.actor.office },
  { header: 'officeName', value: (event) => event.actor.officeName?.th },
  { header: 'onBehalfOf', value: (event) => event.actor.onBehalfOf },
  { header: 'recordedAt', value: (event) => event.recordedAt },
  { header: 'decidedAt', value: (event) => event.decidedAt },
  { header: 'effectiveFrom', value: (event) => event.effectiveFrom },
  { header: 'publishedPosition', value: (event) => event.published?.position },
  { header: 'publishedAt', value: (event) => event.published?.at },
  { header: 'commandId', value: (event) => event.act.commandId },
  { header: 'correlationId', value: (event) => event.act.correlationId },
  { header: 'provenance', value: (event) => event.provenance.kind },
  {
    header: 'sourceDocument',
    value: ({ provenance }) => (provenance.kind === 'native' ? null : provenance.sourceDocument),
  },
  { header: 'passage', value: ({ provenance }) => (provenance.kind === 'native' ? null : provenance.passage) },
  { header: 'sentenceTh', value: (event) => event.sentence?.th },
  { header: 'sentenceEn', value: (event) => event.sentence?.en },
  { header: 'data', value: (event) => JSON.stringify(event.data) },
];
