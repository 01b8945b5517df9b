import { createHash } from 'node:crypto';
import type { ApiClient } from '../../../libs/testing/service';
import type { CommandAnswer } from '../answers';
import { agreementBody, awardBody, calendarBody, goalSetBody, indicatorBody, registerSource } from '../bodies';
import { scoringRuleBody, sourceDocumentBody, targetBody, transcribedActualBody } from '../bodies';
import type { Journey } from '../journey';

const ZONE_OF_PHRAE = 'primeMinisterOffice-16';

/** Where an object stands, seen from the community development office of Phrae. */
export const PLACES = {
  own: { office: 'phrae-cdd', provinceOffice: 'phrae-province', province: 'TH-54', zone: ZONE_OF_PHRAE },
  'other office': { office: 'phrae-land', provinceOffice: 'phrae-province', province: 'TH-54', zone: ZONE_OF_PHRAE },
  'other province': {
    office: 'chiang-rai-cdd',
    provinceOffice: 'chiang-rai-province',
    province: 'TH-57',
    zone: ZONE_OF_PHRAE,
  },
  'other zone': {
    office: 'songkhla-cdd',
    provinceOffice: 'songkhla-province',
    province: 'TH-90',
    zone: 'primeMinisterOffice-5',
  },
} as const;

export type PlaceName = keyof typeof PLACES;
export const PLACE_NAMES = Object.keys(PLACES) as readonly PlaceName[];

/** What there is at a place under the names that stand in templates of addresses. */
export type Names = Readonly<Record<string, string>>;

/** Words that nobody may read who does not reach the place: each stands in something that is not published. */
export function canaryOf(place: PlaceName): string {
  return `ยังไม่เผยแพร่-${place.replaceAll(' ', '-')}`;
}

export const SOURCE = { document: 'ab'.repeat(32), passage: 'paragraph 2' };
const SCHEME = 'matrix';

/** One of everything at every place, entered by those who may. */
export async function preparePlaces({ service }: Journey): Promise<ReadonlyMap<PlaceName, Names>> {
  const recorder = await service.as('recorder');
  const administrator = await service.as('administrator');
  const stranger = await service.as('stranger');
  await registerSource(recorder);
  const schemeId = (await accepted(recorder, '/v1/schemes', { schemeId: SCHEME, nameTh: 'เกณฑ์การให้คะแนน' })).id;
  await accepted(recorder, `/v1/schemes/${SCHEME}/scoring-rules`, scoringRuleBody());
  await accepted(recorder, `/v1/schemes/${SCHEME}/calendars`, calendarBody(2566));
  const zoneId = (
    await accepted(administrator, '/v1/zones', { scheme: 'primeMinisterOffice', number: 16, nameTh: 'เขต 16' })
  ).id;
  const requestId = (await accepted(stranger, '/v1/personal-data-requests', { kind: 'access' })).id;
  const { pseudonym } = (await stranger.get<{ pseudonym: string }>('/session')).body;
  const everywhere = {
    schemeId,
    zoneId,
    requestId,
    pseudonym,
    by: 'province',
    round: '6m',
    fiscalYear: '2566',
    // Of comparisons: all that ever was.
    from: '0',
    period: '2022-10-01..2023-06-30',
  };
  const places = new Map<PlaceName, Names>();
  for (const place of PLACE_NAMES) {
    const there = await preparePlace(place, recorder, administrator);
    const inspected = await prepareInspection(place, recorder, administrator);
    places.set(place, { ...everywhere, ...there, ...inspected });
  }
  return new Map(
    await Promise.all(
      [...places].map(async ([place, names]) => [place, await withQuestion(service, place, names)] as const),
    ),
  );
}

async function preparePlace(place: PlaceName, recorder: ApiClient, administrator: ApiClient): Promise<Names> {
  const { office, provinceOffice, province } = PLACES[place];
  const canary = canaryOf(place);
  await register(administrator, { officeId: provinceOffice, nameTh: 'จังหวัด', kind: 'province', province });
  await register(administrator, { officeId: office, nameTh: 'สำนักงาน', kind: 'provincialOffice', province });
  const parties = [
    { side: 'maker', officeId: office, officeName: 'สำนักงาน' },
    { side: 'receiver', officeId: provinceOffice, officeName: 'จังหวัด' },
  ];
  const draft = await agreement(recorder, agreementBody({ title: canary, province, parties, source: SOURCE }));
  const followed = agreementBody({ title: 'การติดตามตัวชี้วัด', basis: 'monitoringOnly', province, parties });
  const published = await agreement(recorder, { ...followed, source: SOURCE });
  const sha256 = await upload(recorder, canary);
  const actuals = `/v1/agreements/${published.agreementId}/indicators/${published.indicatorId}/actuals`;
  const evidence = [{ sha256, mediaType: 'text/plain', name: 'scan.txt' }];
  await accepted(recorder, actuals, transcribedActualBody({ evidence }));
  // The same file for another span: that is asked about.
  const span = { from: '2022-10-01', to: '2023-09-30' };
  const { position: lastPosition } = await accepted(recorder, actuals, transcribedActualBody({ evidence, span }));
  const reason = { reason: canary };
  const grant = {
    grantee: '0f8fad5b-d9cb-469f-a165-70867728950e',
    role: 'keeper',
    scope: { kind: 'office', value: office },
  };
  const delegation = {
    personName: 'ผู้แทน',
    positionTitle: 'รองหัวหน้าสำนักงาน',
    kind: 'actingFor',
    scope: ['agreement.sign'],
  };
  const goalSet = goalSetBody({ goalSetId: `goals-${office}`, province, source: SOURCE });
  const recipients = [{ name: 'สำนักงาน', officeId: office, province }];
  return {
    ...draft,
    publishedAgreementId: published.agreementId,
    lastPosition: String(lastPosition),
    office,
    officeId: office,
    sha256,
    grantId: (await accepted(administrator, `/v1/offices/${office}/role-grants`, { ...grant, ...reason })).id,
    delegationId: (
      await accepted(administrator, `/v1/offices/${office}/delegations`, { ...delegation, from: { day: '2022-10-01' } })
    ).id,
    goalSetId: (await accepted(recorder, '/v1/goal-sets', goalSet)).id,
    awardId: (await accepted(recorder, '/v1/awards', awardBody({ recipients, source: SOURCE }))).id,
  };
}

/** A round with a finding that is not answered yet, and who inspects there. */
async function prepareInspection(place: PlaceName, recorder: ApiClient, administrator: ApiClient): Promise<Names> {
  const { office, province, zone } = PLACES[place];
  const body = { officeId: 'prime-minister-office', nameTh: 'สำนักนายกรัฐมนตรี', kind: 'ministry' };
  await register(administrator, body);
  const source = SOURCE;
  const opened = {
    number: '2/2566',
    level: 'primeMinisterOffice',
    inspectingBody: { name: 'สำนักนายกรัฐมนตรี' },
    zoneId: zone,
    zoneProvinces: [province],
    source,
  };
  const roundId = (await accepted(recorder, '/v1/inspections', opened)).id;
  const here = `/v1/inspections/${roundId}`;
  const found = { theme: 'การรายงานผล', text: canaryOf(place), officeIds: [office], provinces: [province], source };
  const findingId = (await accepted(recorder, `${here}/findings`, found)).id;
  const recommended = { findingId, officeId: office, text: canaryOf(place), source };
  const recommendationId = (await accepted(recorder, `${here}/recommendations`, recommended)).id;
  const answer = { officeId: office, text: canaryOf(place), source };
  const responseId = (await accepted(recorder, `${here}/findings/${findingId}/responses`, answer)).id;
  const assignment = {
    inspector: '0f8fad5b-d9cb-469f-a165-70867728950e',
    level: 'primeMinisterOffice',
    officeId: 'prime-minister-office',
    zoneId: zone,
    provinces: [province],
    reason: canaryOf(place),
  };
  const assignmentId = (await accepted(administrator, '/v1/inspection-assignments', assignment)).id;
  return { roundId, findingId, recommendationId, responseId, assignmentId };
}

/** What is asked about the agreement of a place, by the inspector of its zone. */
async function withQuestion(service: Journey['service'], place: PlaceName, names: Names): Promise<Names> {
  const officer = await service.as('nacc-officer');
  const path = `/v1/audit/questions?agreement=${names['publishedAgreementId']}&minPosition=${names['lastPosition']}`;
  const { body, text } = await officer.get<{ items: readonly { questionId: string }[] }>(path);
  const [question] = body.items;
  if (!question) throw new Error(`nothing is asked: ${text}`);
  const inspector = await service.as(place === 'other zone' ? 'inspector-zone-5' : 'inspector-zone-16');
  const { questionId } = question;
  const opening = { note: canaryOf(place), askedOffice: PLACES[place].office, dueOn: '2099-12-31' };
  await accepted(inspector, `/v1/audit/questions/${questionId}/opening`, opening);
  return { ...names, questionId };
}

/** The offices of the demonstration's persons are there already. */
async function register(administrator: ApiClient, body: object): Promise<void> {
  const { status, text } = await administrator.post('/v1/offices', body);
  if (![201, 409].includes(status)) throw new Error(`the office was refused: ${text}`);
}

async function agreement(
  recorder: ApiClient,
  body: object,
): Promise<{ agreementId: string; indicatorId: string; position: string; eventId: string }> {
  const { id: agreementId, position, eventIds } = await accepted(recorder, '/v1/agreements', body);
  const indicators = `/v1/agreements/${agreementId}/indicators`;
  const indicatorId = (await accepted(recorder, indicators, indicatorBody({ source: SOURCE }))).id;
  await accepted(recorder, `${indicators}/${indicatorId}/target`, targetBody({ source: SOURCE }));
  return { agreementId, indicatorId, position: String(position), eventId: String(eventIds[0]) };
}

/** A file with words that only those may read who reach the place, and the source document that it is. */
async function upload(recorder: ApiClient, text: string): Promise<string> {
  const sha256 = createHash('sha256').update(text).digest('hex');
  const headers = { 'content-type': 'application/octet-stream' };
  const { status } = await recorder.send({ method: 'PUT', path: `/v1/evidence/${sha256}`, headers, body: text });
  if (status !== 201) throw new Error(`the file was answered with ${status}`);
  await accepted(recorder, '/v1/source-documents', sourceDocumentBody(sha256));
  return sha256;
}

async function accepted(client: ApiClient, path: string, body: object): Promise<CommandAnswer> {
  const answer = await client.post<CommandAnswer>(path, body);
  if (answer.status >= 300) throw new Error(`${path} was refused: ${answer.text}`);
  return answer.body;
}
