import { ApiProperty, ApiPropertyOptional, type ApiPropertyOptions } from '@nestjs/swagger';
import type { BothLanguages, Json } from '@khamrap/kernel';
import { BothLanguagesAnswer, TimesOfAnswer } from '@khamrap/platform/http';

/** What a fact says may be of any kind. */
export const ANY_JSON = {
  oneOf: [
    { type: 'string' },
    { type: 'number' },
    { type: 'boolean' },
    { type: 'array', items: {} },
    { type: 'object', additionalProperties: true },
  ],
} satisfies ApiPropertyOptions;
const BOTH = { type: BothLanguagesAnswer } as const;
const MOMENT = { type: String, format: 'date-time' } as const;
const DAY = { type: String, format: 'date' } as const;
const SHA256 = { type: String, pattern: '^[0-9a-f]{64}$' } as const;

/** Who acted. A name only where an event that the reader may have tells it of this very pseudonym. */
export class WhoAnswer {
  @ApiProperty({ description: 'Pseudonym' }) readonly pseudonym: string;
  @ApiPropertyOptional() readonly name?: string;
  @ApiPropertyOptional({ description: 'As they stated it where they are named' }) readonly post?: string;
  @ApiProperty({ example: 'officeHead', description: 'In which they acted then' }) readonly role: string;
  @ApiProperty(BOTH) readonly roleName: BothLanguages;
  @ApiPropertyOptional({ description: 'For which they acted' }) readonly officeId?: string;
  @ApiPropertyOptional({ ...BOTH, description: 'As it was called' }) readonly officeName?: BothLanguages;
  @ApiPropertyOptional({ ...BOTH, description: 'In whose right, where the event states it' })
  readonly capacity?: BothLanguages;
  @ApiPropertyOptional({ description: 'Pseudonym of the one on whose behalf they acted' }) readonly onBehalfOf?: string;
  @ApiPropertyOptional() readonly onBehalfOfName?: string;
}

/** An event, by which it can be found again. */
export class EventReferenceAnswer {
  @ApiProperty({ format: 'uuid' }) readonly eventId: string;
  @ApiProperty() readonly position: number;
}

class ShownChangeAnswer {
  @ApiPropertyOptional(BOTH) readonly before?: BothLanguages;
  @ApiPropertyOptional(BOTH) readonly after?: BothLanguages;
}

/** What became of one fact. */
export class FactChangeAnswer {
  @ApiProperty({ type: [String], example: ['indicator', '2a…', 'target', '2026-10-01..2027-09-30'] })
  readonly key: readonly string[];
  @ApiProperty(BOTH) readonly label: BothLanguages;
  @ApiPropertyOptional({ ...ANY_JSON, description: 'As data; absent where nothing stood that the reader may have' })
  readonly before?: Json;
  @ApiPropertyOptional({ ...ANY_JSON, description: 'As data; absent where nothing stands any more' })
  readonly after?: Json;
  @ApiProperty({ type: ShownChangeAnswer, description: 'The same as people read it' })
  readonly shown: ShownChangeAnswer;
  @ApiPropertyOptional({ type: EventReferenceAnswer, description: 'The event that had set what stood before' })
  readonly setBy?: EventReferenceAnswer;
}

class PublicationOfEventAnswer {
  @ApiProperty({ description: 'Of the event by which it was published; its own where that was at once' })
  readonly position: number;
  @ApiProperty(MOMENT) readonly at: string;
}

class DocumentAnswer {
  @ApiPropertyOptional({ description: 'As it is called where it is referred to' }) readonly reference?: string;
  @ApiPropertyOptional(SHA256) readonly sha256?: string;
  @ApiPropertyOptional({ description: 'Where it can be asked for' }) readonly address?: string;
}

/** Why it was done, as who did it stated. */
export class WhyAnswer {
  @ApiPropertyOptional() readonly text?: string;
  @ApiPropertyOptional({ type: DocumentAnswer }) readonly document?: DocumentAnswer;
}

class NamedEvidenceAnswer {
  @ApiProperty(SHA256) readonly sha256: string;
  @ApiPropertyOptional() readonly name?: string;
  @ApiPropertyOptional() readonly mediaType?: string;
  @ApiPropertyOptional({ description: 'Bytes, where the file was uploaded here' }) readonly size?: number;
  @ApiPropertyOptional({ ...MOMENT, description: 'When the bytes were erased' }) readonly erasedAt?: string;
  @ApiProperty({ description: 'Where it can be asked for' }) readonly address: string;
}

class ProvenanceAnswer {
  @ApiProperty({ enum: ['native', 'transcribed'] }) readonly kind: string;
  @ApiPropertyOptional({ ...SHA256, description: 'The document that states it' }) readonly sourceDocument?: string;
  @ApiPropertyOptional(BOTH) readonly title?: BothLanguages;
  @ApiPropertyOptional() readonly passage?: string;
  @ApiPropertyOptional({ description: 'Pseudonym of who transcribed it' }) readonly recorder?: string;
  @ApiPropertyOptional() readonly address?: string;
}

class LinksAnswer {
  @ApiProperty({ description: 'The receipt, with what proves that the log has it' }) readonly receipt: string;
  @ApiProperty({ description: 'The event as it was recorded, with what opens its leaf' }) readonly disclosure: string;
}

/** An event as people read it. */
export class HistoryEventAnswer extends EventReferenceAnswer {
  @ApiProperty({ description: 'Of the event within its stream' }) readonly revision: number;
  @ApiProperty({ example: 'TargetAmended' }) readonly type: string;
  @ApiProperty(BOTH) readonly act: BothLanguages;
  @ApiProperty({ ...BOTH, description: 'What happened' }) readonly sentence: BothLanguages;
  @ApiPropertyOptional({ type: [String], description: 'Ids of the indicators that it is about' })
  readonly indicators?: readonly string[];
  @ApiProperty({ type: [FactChangeAnswer] }) readonly changes: readonly FactChangeAnswer[];
  @ApiProperty({ ...MOMENT, description: 'When it was recorded' }) readonly recordedAt: string;
  @ApiProperty({ ...MOMENT, description: 'When it was decided' }) readonly decidedAt: string;
  @ApiPropertyOptional({ ...DAY, description: 'From when on it holds, where it says so' })
  readonly effectiveFrom?: string;
  @ApiProperty({
    type: PublicationOfEventAnswer,
    nullable: true,
    description: 'Null where it is told to who is entitled to it',
  })
  readonly published: PublicationOfEventAnswer | null;
  @ApiPropertyOptional({ type: WhyAnswer }) readonly why?: WhyAnswer;
  @ApiPropertyOptional({ type: [NamedEvidenceAnswer] }) readonly evidence?: readonly NamedEvidenceAnswer[];
  @ApiProperty({ type: ProvenanceAnswer }) readonly provenance: ProvenanceAnswer;
  @ApiProperty({ type: LinksAnswer }) readonly links: LinksAnswer;
}

/** What one command made true: headed by its first event. */
export class ActAnswer extends EventReferenceAnswer {
  @ApiProperty(BOTH) readonly act: BothLanguages;
  @ApiProperty({ type: WhoAnswer }) readonly who: WhoAnswer;
  @ApiProperty({ type: [HistoryEventAnswer] }) readonly events: readonly HistoryEventAnswer[];
}

/** A page of a history. */
export class HistoryAnswer extends TimesOfAnswer {
  @ApiProperty({ example: 'agreement-7f0c…' }) readonly stream: string;
  @ApiProperty({ type: [ActAnswer] }) readonly items: readonly ActAnswer[];
  @ApiProperty({ description: 'The answer tells of what was recorded, and known, up to this position' })
  readonly position: number;
}
