import type { Problem } from '../answers';
import { beginJourney, headOf, type Journey } from '../journey';
import { HOSTILE_ADDRESSES } from './hostile-addresses';
import { HOSTILE_BODIES } from './hostile-bodies';
import { HOSTILE_DOMAIN } from './hostile-domain';
import { HOSTILE_HEADS } from './hostile-heads';
import type { HostileRequest } from './hostile-request';
import { prepareSituation, type Situation } from './situation';

// Every one of these is refused with a problem that names it, and none leaves a trace in the log.

let journey: Journey;
let situation: Situation;

beforeAll(async () => {
  journey = await beginJourney();
  situation = await prepareSituation(journey);
}, 60_000);

afterAll(async () => {
  await journey?.end();
});

const ALL = [...HOSTILE_BODIES, ...HOSTILE_HEADS, ...HOSTILE_ADDRESSES, ...HOSTILE_DOMAIN];

test.each(ALL.map((each) => [each.what, each] as const))('%s', async (_what, hostile) => {
  const { as = 'head-of-phrae-cdd' } = hostile;
  const client = as === null ? journey.service.anybody : await journey.service.as(as);
  const request = { method: 'GET', ...hostile.send(situation) };
  const headBefore = await headOf(journey);
  const { status, headers, body, text } = await client.send<Problem | undefined>(request);

  expect({ status, type: body?.type ?? null, text }).toEqual({
    status: hostile.status,
    type: request.method === 'HEAD' ? null : `/problems/${hostile.code}`,
    text: expect.any(String) as unknown,
  });
  expect(headers['content-type']).toBe('application/problem+json');
  if (body) expectToSayWhatIsWrong(body, hostile);
  // A refusal gives nothing away: neither what the program is made of, nor what it has read.
  expect(text).not.toMatch(/\.ts\b|node_modules|at \w+ \(|SELECT |pg_|ledger\.event/);
  expect(await headOf(journey)).toBe(headBefore);
});

function expectToSayWhatIsWrong(body: Problem, { status, error, pointer, parameter, header }: HostileRequest): void {
  expect(body.status).toBe(status);
  for (const title of [body.title, body.titles.th, body.titles.en]) expect(title.trim()).not.toBe('');
  expect(body.titles.th).toMatch(/[ก-๙]/);
  expect(body.titles.en).not.toMatch(/[ก-๙]/);
  const place = {
    ...(pointer !== undefined && { pointer }),
    ...(parameter !== undefined && { parameter }),
    ...(header !== undefined && { header }),
  };
  if (error === undefined && Object.keys(place).length === 0) return;
  expect(body.errors).toContainEqual(
    expect.objectContaining({ ...place, ...(error !== undefined && { code: error }) }),
  );
  for (const { messages } of body.errors ?? []) {
    if (messages)
      expect(messages).toEqual({ th: expect.stringMatching(/[ก-๙]/) as unknown, en: expect.any(String) as unknown });
  }
}

test('what is not there and what is elsewhere are told apart by nobody', async () => {
  const keeper = await journey.service.as('keeper-of-phrae-cdd');
  const elsewhere = await keeper.get<Problem>(situation.foreign.agreement);
  const nowhere = await keeper.get<Problem>('/v1/agreements/0f8fad5b-d9cb-469f-a165-70867728950e');
  const told = ({ body }: { body: Problem }) => ({ ...body, instance: '', traceId: '' });
  expect(told(elsewhere)).toEqual(told(nowhere));
});
