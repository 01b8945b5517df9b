import { EmbeddedIssuer } from '@khamrap/platform/access';
import { createHash } from 'node:crypto';
import type { ApiClient } from '../../../libs/testing/service';
import type { AgreementAnswer, CommandAnswer } from '../answers';
import {
  actualBody,
  agreementBody,
  awardBody,
  calendarBody,
  CDD,
  goalSetBody,
  indicatorBody,
  monitoringBody,
  PROVINCE,
  scoringRuleBody,
  signatureBody,
  sourceDocumentBody,
  targetBody,
  type FrozenTerms,
} from '../bodies';
import type { Journey } from '../journey';
import { badTokens, type BadToken } from './bad-tokens';

/** An agreement with one indicator. */
export interface Place {
  /** `/v1/agreements/{id}`. */
  readonly agreement: string;
  /** `/v1/agreements/{id}/indicators/{id}`. */
  readonly indicator: string;
}

/** What there is when somebody begins to send hostile requests. */
export interface Situation {
  /** A draft of the community development office of Phrae, with a target; at revision 2. */
  readonly own: Place;
  /** A draft of another office of the same province. */
  readonly neighbour: Place;
  /** Figures of Phrae that are followed without an agreement. */
  readonly followed: Place;
  /** A draft in Chiang Rai. */
  readonly foreign: Place;
  /** The agreement of the year before, in effect under a published scheme: a figure for the first half, an amendment asked for. */
  readonly inEffect: Place;
  /** What there is under the names that stand in templates of addresses, the agreements and indicators apart. */
  readonly names: Readonly<Record<string, string>>;
  /** Key under which the head has added the indicator of the own agreement. */
  readonly usedKey: string;
  readonly tokens: Readonly<Record<'head' | 'keeper' | BadToken, string>>;
}

export async function prepareSituation({ service, environment }: Journey): Promise<Situation> {
  const [head, keeper, governor, recorder] = (await Promise.all(
    ['head-of-phrae-cdd', 'keeper-of-phrae-cdd', 'governor-of-phrae', 'recorder'].map((subject) => service.as(subject)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
  const persons = { head, keeper, governor, recorder };
  const usedKey = 'used-before';
  const own = await draft(head, agreementBody(), usedKey);
  await accepted(head, `${own.indicator}/target`, targetBody());
  const published = await publish(persons);
  const [inEffect, asked] = await bringIntoEffect(persons);
  const issuer = service.service.app.get(EmbeddedIssuer, { strict: false }).claim;
  return {
    own,
    neighbour: await draft(
      governor,
      agreementBody({
        parties: [
          { side: 'maker', ...LAND },
          { side: 'receiver', ...PROVINCE },
        ],
      }),
    ),
    followed: await draft(recorder, monitoringBody()),
    foreign: await draft(recorder, draftElsewhere(published), undefined, sourceOf(published)),
    inEffect,
    names: { ...published, ...asked, code: 'notFound' },
    usedKey,
    tokens: {
      head: String(head.token),
      keeper: String(keeper.token),
      ...(await badTokens(environment.dataFolder, issuer)),
    },
  };
}

interface Persons {
  readonly head: ApiClient;
  readonly keeper: ApiClient;
  readonly governor: ApiClient;
  readonly recorder: ApiClient;
}

const SCHEME = 'phrae-test';
const LAND = { officeId: 'phrae-land', officeName: 'สำนักงานที่ดินจังหวัดแพร่' };
/** A file that begins as those of its type do. */
export const EVIDENCE = '%PDF-1.7\n';
const FIRST_HALF = { from: '2021-10-01', to: '2022-03-31' };

type Names = Situation['names'];

/** One of everything that there is apart from agreements. */
async function publish({ governor, recorder }: Persons): Promise<Names> {
  const id = async (path: string, body: unknown): Promise<string> => (await accepted(recorder, path, body)).id;
  await id('/v1/schemes', { schemeId: SCHEME, nameTh: 'เกณฑ์การให้คะแนน' });
  await id(`/v1/schemes/${SCHEME}/scoring-rules`, scoringRuleBody());
  await id(`/v1/schemes/${SCHEME}/calendars`, calendarBody(2565));
  await id('/v1/offices', {
    officeId: LAND.officeId,
    nameTh: LAND.officeName,
    kind: 'provincialOffice',
    province: 'TH-54',
  });
  const delegation = {
    personName: 'ผู้แทน',
    positionTitle: 'รองผู้ว่าราชการจังหวัด',
    kind: 'actingFor',
    scope: ['agreement.sign'],
  };
  return {
    schemeId: SCHEME,
    round: '6m',
    officeId: LAND.officeId,
    delegationId: await id(`/v1/offices/${LAND.officeId}/delegations`, { ...delegation, from: { day: '2022-10-01' } }),
    zoneId: await id('/v1/zones', { scheme: 'primeMinisterOffice', number: 16, nameTh: 'เขตตรวจราชการที่ 16' }),
    goalSetId: await id('/v1/goal-sets', goalSetBody()),
    awardId: (await accepted(governor, '/v1/awards', awardBody())).id,
    sha256: await upload(recorder),
  };
}

/** The file and the source document that it is have one hash. */
async function upload(recorder: ApiClient): Promise<string> {
  const sha256 = createHash('sha256').update(EVIDENCE).digest('hex');
  const { status, text } = await recorder.send({
    method: 'PUT',
    path: `/v1/evidence/${sha256}`,
    headers: { 'content-type': 'application/octet-stream' },
    body: EVIDENCE,
  });
  if (status !== 201) throw new Error(`the file was refused: ${text}`);
  await accepted(recorder, '/v1/source-documents', sourceDocumentBody(sha256));
  return sha256;
}

/** The agreement of the year before, signed on paper in its time, and what was asked for since. */
async function bringIntoEffect({ head, keeper, governor, recorder }: Persons): Promise<[Place, Names]> {
  const scheme = { schemeId: SCHEME, ruleVersion: 1, calendarVersion: 1 };
  const place = await draft(head, agreementBody({ fiscalYear: 2565, scheme }));
  await accepted(head, `${place.indicator}/target`, targetBody({ span: FIRST_HALF }));
  await accepted(head, `${place.agreement}/proposal`, { officeId: CDD.officeId });
  const terms = (await head.get<AgreementAnswer & FrozenTerms>(place.agreement)).body;
  const { officeId } = PROVINCE;
  await accepted(governor, `${place.agreement}/acceptance`, { officeId, termsHash: terms.termsHash });
  const paper = { scanSha256: 'cd'.repeat(32), signedOn: '2021-10-12' };
  for (const party of [{}, { side: 'receiver', officeId }]) {
    await accepted(recorder, `${place.agreement}/signatures`, signatureBody(terms, { ...party, paper }));
  }
  await accepted(keeper, `${place.indicator}/actuals`, actualBody({ span: FIRST_HALF }));
  const amendment = await accepted(head, `${place.agreement}/amendments`, {
    officeId: CDD.officeId,
    changes: [{ change: 'weight', indicatorId: place.indicator.split('/').at(-1), weight: '55' }],
    reason: 'น้ำหนักรวมเกินหนึ่งร้อย',
    effectiveFrom: '2022-04-01',
  });
  return [place, { period: '2021-10-01..2022-03-31', amendmentId: amendment.id }];
}

/** Whoever transcribes for the nation drafts nothing of their own. */
function sourceOf({ sha256 = '' }: Names): object {
  return { source: { document: sha256, passage: 'paragraph 1' } };
}

function draftElsewhere(published: Names): object {
  const parties = [
    { side: 'maker', officeId: 'chiang-rai-cdd', officeName: 'สำนักงานพัฒนาชุมชนจังหวัดเชียงราย' },
    { side: 'receiver', officeId: 'chiang-rai-province', officeName: 'จังหวัดเชียงราย' },
  ];
  return agreementBody({ province: 'TH-57', parties, ...sourceOf(published) });
}

async function draft(client: ApiClient, body: unknown, key?: string, more: object = {}): Promise<Place> {
  const agreement = `/v1/agreements/${(await accepted(client, '/v1/agreements', body)).id}`;
  const { id } = await accepted(client, `${agreement}/indicators`, indicatorBody({ ...more }), key);
  return { agreement, indicator: `${agreement}/indicators/${id}` };
}

async function accepted(client: ApiClient, path: string, body: unknown, key?: string): Promise<CommandAnswer> {
  const answer = await client.post<CommandAnswer>(path, body, key === undefined ? {} : { key });
  if (answer.status >= 300) throw new Error(`${path} was refused: ${answer.text}`);
  return answer.body;
}
