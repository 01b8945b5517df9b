import { isoDate, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import type { SourceDocumentCommand } from './source-document.commands';
import { sourceDocumentDecider } from './source-document.decider';
import type { SourceDocumentEvent } from './source-document.events';
import {
  describeSourceDocument,
  registerSourceDocument,
  sourceDocumentDescribed,
  sourceDocumentRegistered,
  TODAY,
} from './source-document.examples';
import { sourceDocumentRefusals, type SourceDocumentRefusal } from './source-document.refusals';

const { given } = specification(sourceDocumentDecider);

describe('registering', () => {
  test('a document with all that is known of it', () => {
    given().when(registerSourceDocument()).then(sourceDocumentRegistered());
  });

  test('a document that states neither publisher nor day, found nowhere any more', () => {
    const told = { publisher: NOT_STATED, publishedOn: NOT_STATED, tellsOf: [], addresses: [] } as const;
    given().when(registerSourceDocument(told)).then(sourceDocumentRegistered(told));
  });

  test('a document of today', () => {
    const told = { publishedOn: TODAY };
    given().when(registerSourceDocument(told)).then(sourceDocumentRegistered(told));
  });

  test('a document that tells of what is planned', () => {
    const told = { tellsOf: [isoDate('2030-01-01')] };
    given().when(registerSourceDocument(told)).then(sourceDocumentRegistered(told));
  });
});

describe('describing', () => {
  const corrected = { publisher: 'สำนักงานตัวอย่างอื่น' };

  test('states all anew, and why', () => {
    given(sourceDocumentRegistered()).when(describeSourceDocument(corrected)).then(sourceDocumentDescribed(corrected));
    given(sourceDocumentRegistered(), sourceDocumentDescribed(corrected))
      .when(describeSourceDocument())
      .then(sourceDocumentDescribed());
  });

  test('leaves out what was wrong to tell', () => {
    const { title: _title, ...data } = sourceDocumentDescribed().data;
    given(sourceDocumentRegistered())
      .when({ type: 'DescribeSourceDocument', data, decidedOn: TODAY })
      .then({ type: 'SourceDocumentDescribed', data });
  });

  test('the same again changes nothing, whatever the reason', () => {
    given(sourceDocumentRegistered()).when(describeSourceDocument()).thenNothing();
    given(sourceDocumentRegistered(), sourceDocumentDescribed(corrected))
      .when(describeSourceDocument({ ...corrected, reason: 'อื่น' }))
      .thenNothing();
  });
});

interface Refused {
  readonly given?: SourceDocumentEvent;
  readonly when: SourceDocumentCommand;
  readonly facts?: Record<string, string>;
  readonly pointer?: string;
}

const tomorrow = { publishedOn: isoDate('2027-04-01') };
const twice = { tellsOf: [TODAY, isoDate('2027-03-30'), TODAY] };
const address = 'https://example.test/a';

/** Each way to be refused, by the code that it is refused with. */
const refused: Record<SourceDocumentRefusal, readonly Refused[]> = {
  'sourceDocument.alreadyRegistered': [
    { given: sourceDocumentRegistered(), when: registerSourceDocument() },
    { given: sourceDocumentRegistered(), when: registerSourceDocument({ publisher: 'อื่น' }) },
  ],
  'sourceDocument.notRegistered': [{ when: describeSourceDocument() }],
  'sourceDocument.hashMalformed': ['', 'd'.repeat(63), 'D'.repeat(64), `${'d'.repeat(64)}\n`].map((sha256) => ({
    when: registerSourceDocument({ sha256 }),
    pointer: '/sha256',
  })),
  'sourceDocument.publishedInTheFuture': [
    { when: registerSourceDocument(tomorrow), facts: tomorrow, pointer: '/publishedOn' },
    {
      given: sourceDocumentRegistered(),
      when: describeSourceDocument(tomorrow),
      facts: tomorrow,
      pointer: '/publishedOn',
    },
  ],
  'sourceDocument.dayRepeated': [
    { when: registerSourceDocument(twice), pointer: '/tellsOf/2' },
    { given: sourceDocumentRegistered(), when: describeSourceDocument(twice), pointer: '/tellsOf/2' },
  ],
  'sourceDocument.addressRepeated': [
    { when: registerSourceDocument({ addresses: [address, address] }), pointer: '/addresses/1' },
    {
      given: sourceDocumentRegistered(),
      when: describeSourceDocument({ addresses: [address, address] }),
      pointer: '/addresses/1',
    },
  ],
};

describe.each(Object.entries(refused))('%s', (code, cases) => {
  test.each(cases.map((example, index) => [index + 1, example] as const))('case %i', (_number, example) => {
    const past = example.given ? [example.given] : [];
    given(...past)
      .when(example.when)
      .thenRejected(code, example.facts);
    const state = past.reduce(
      (folded, event) => sourceDocumentDecider.evolve(folded, event),
      sourceDocumentDecider.initialState,
    );
    const refusal = sourceDocumentDecider.decide(example.when, state);
    expect(refusal).toMatchObject(example.pointer === undefined ? {} : { pointer: example.pointer });
  });
});

test('every code of the catalogue is refused with above', () => {
  expect(Object.keys(refused).sort()).toEqual(Object.keys(sourceDocumentRefusals).sort());
});
