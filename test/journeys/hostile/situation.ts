import type { ApiClient } from '../../../libs/testing/service';
import type { CommandAnswer } from '../answers';
import { agreementBody, indicatorBody, monitoringBody, targetBody } from '../bodies';
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
  /** The same in Chiang Rai. */
  readonly foreign: Place;
  /** Key under which the head has added the indicator of the own agreement. */
  readonly usedKey: string;
  readonly tokens: Readonly<Record<'head' | 'keeper' | BadToken, string>>;
}

export async function prepareSituation({ service, environment }: Journey): Promise<Situation> {
  const [head, keeper, governor, recorder] = (await Promise.all(
    ['head-of-phrae-cdd', 'keeper-of-phrae-cdd', 'governor-of-phrae', 'recorder'].map((subject) => service.as(subject)),
  )) as [ApiClient, ApiClient, ApiClient, ApiClient];
  const usedKey = 'used-before';
  const own = await draft(head, agreementBody(), usedKey);
  await accepted(head, `${own.indicator}/target`, targetBody());
  const land = { officeId: 'phrae-land', officeName: 'สำนักงานที่ดินจังหวัดแพร่' };
  const receiver = { side: 'receiver', officeId: 'phrae-province', officeName: 'จังหวัดแพร่' };
  return {
    own,
    neighbour: await draft(governor, agreementBody({ parties: [{ side: 'maker', ...land }, receiver] })),
    followed: await draft(recorder, monitoringBody()),
    foreign: await draft(recorder, monitoringBody({ province: 'TH-57' })),
    usedKey,
    tokens: { head: String(head.token), keeper: String(keeper.token), ...(await badTokens(environment.dataFolder)) },
  };
}

async function draft(client: ApiClient, body: unknown, key?: string): Promise<Place> {
  const agreement = `/v1/agreements/${(await accepted(client, '/v1/agreements', body)).id}`;
  const { id } = await accepted(client, `${agreement}/indicators`, indicatorBody(), key);
  return { agreement, indicator: `${agreement}/indicators/${id}` };
}

async function accepted(client: ApiClient, path: string, body: unknown, key?: string): Promise<CommandAnswer> {
  const answer = await client.post<CommandAnswer>(path, body, key === undefined ? {} : { key });
  if (answer.status >= 300) throw new Error(`${path} was refused: ${answer.text}`);
  return answer.body;
}
