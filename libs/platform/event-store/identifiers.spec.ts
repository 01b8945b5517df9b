import { commandIdOf, derivedId, eventIdOf, uuidBytes, uuidV5 } from './identifiers';

const DNS = uuidBytes('6ba7b810-9dad-11d1-80b4-00c04fd430c8');

test('UUIDs of version 5 are those of RFC 9562, appendix A.4', () => {
  expect(uuidV5(DNS, 'www.example.com')).toBe('2ed6657d-e927-568b-95e1-2665a8aea6a2');
});

test('all derived identifiers are UUIDs of version 5', () => {
  const pattern = /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
  for (let count = 0; count < 500; count++) {
    const commandId = commandIdOf('issuer', 'subject', String(count));
    expect([commandId, derivedId('agreement', String(count)), eventIdOf(commandId, count)]).toEqual(
      Array(3).fill(expect.stringMatching(pattern)),
    );
  }
});

// They stand in logs: whoever changes how they are derived gives every repeated request a second event.
test('identifiers are derived as they always were', () => {
  const commandId = commandIdOf('https://issuer.test', 'person-1', 'key-1');
  expect(commandId).toBe('df9c059e-db12-5f77-bb41-5f4124993706');
  expect(eventIdOf(commandId, 0)).toBe('2173c0fd-e1c5-59fd-b9e3-ff6b1a2192fc');
  expect(derivedId('agreement', 'signed', 'district', 'district-1', '2570')).toBe(
    'c7d119d5-6b64-5652-bfff-bab6c1b885b6',
  );
});

test('words that read the same together are not the same words', () => {
  const ids = [
    derivedId('ab', 'c'),
    derivedId('a', 'bc'),
    derivedId('abc'),
    derivedId('a', 'b', 'c'),
    derivedId('ab,c'),
  ];
  expect(new Set(ids).size).toBe(ids.length);
  expect(commandIdOf('a', 'b', 'c')).not.toBe(commandIdOf('a', 'bc', ''));
});

test('events of one command differ from each other and from those of another command', () => {
  const commands = ['1', '2'].map((key) => commandIdOf('issuer', 'subject', key));
  const ids = commands.flatMap((commandId) => [0, 1, 2].map((index) => eventIdOf(commandId, index)));
  expect(new Set(ids).size).toBe(6);
});
