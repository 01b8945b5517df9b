import {
  code,
  eventSchema,
  eventVersions,
  list,
  official,
  optional,
  type EventDeclaration,
  type EventOf,
  type IsoDate,
  type NotStated,
} from '@khamrap/kernel';

/** What is told of a document. Texts are as the document has them, the description is in words of our own. */
const DESCRIBED = {
  title: optional(official()),
  titleEn: optional(official()),
  /** Who published it, or `notStated`. */
  publisher: official(),
  publishedOn: code<IsoDate | NotStated>(),
  /** The days of which it tells; none where it states no day. */
  tellsOf: list(code<IsoDate>()),
  /** Where it could be read when it was registered; none where that is not known. */
  addresses: list(official()),
  /** Language tag by BCP 47, such as `th`. */
  language: code(),
  mediaType: optional(code()),
  description: official(),
  descriptionEn: optional(official()),
};

/** A document was registered, so that events can be transcribed from it. `sha256` is that of its bytes. */
const sourceDocumentRegistered = eventSchema('SourceDocumentRegistered', 1, { sha256: code(), ...DESCRIBED });

/** What is told of a document was corrected. All of it is stated anew; the bytes are what they are. */
const sourceDocumentDescribed = eventSchema('SourceDocumentDescribed', 1, { ...DESCRIBED, reason: official() });

export type SourceDocumentRegistered = EventOf<typeof sourceDocumentRegistered>;
export type SourceDocumentDescribed = EventOf<typeof sourceDocumentDescribed>;

/** Everything that can have happened in a stream `source-document-{sha256}`. */
export type SourceDocumentEvent = SourceDocumentRegistered | SourceDocumentDescribed;

/** What is told of a document. */
export type SourceDescription = Omit<SourceDocumentRegistered['data'], 'sha256'>;

/** What the codec knows about these events: every version that was ever written, and the way from each to the next. */
export const sourceDocumentEventDeclarations: readonly EventDeclaration[] = [
  eventVersions(sourceDocumentRegistered),
  eventVersions(sourceDocumentDescribed),
];
