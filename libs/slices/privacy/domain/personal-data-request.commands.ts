import type { IsoDate } from '@khamrap/kernel';
import type {
  PersonalDataErased,
  PersonalDataRequestFiled,
  PersonalDataRequestFulfilled,
  PersonalDataRequestRefused,
} from './personal-data-request.events';

/** Asks for something about the data that are kept about a person. */
export interface FilePersonalDataRequest {
  readonly type: 'FilePersonalDataRequest';
  readonly data: Omit<PersonalDataRequestFiled['data'], 'dueOn' | 'receivedOn'> & { readonly receivedOn: IsoDate };
  /** In Bangkok. */
  readonly today: IsoDate;
}

/** Does what was asked for. */
export interface FulfilPersonalDataRequest {
  readonly type: 'FulfilPersonalDataRequest';
  readonly data: PersonalDataRequestFulfilled['data'];
  /** The pseudonym of who decides. */
  readonly by: string;
  /** What the scope of a request to erase stands for today, found in the log before. */
  readonly found: {
    readonly commitments: PersonalDataErased['data']['fromVault']['commitments'];
    readonly evidence: PersonalDataErased['data']['evidence'];
  };
}

/** Declines to do what was asked for, on a ground that the law gives. */
export interface RefusePersonalDataRequest {
  readonly type: 'RefusePersonalDataRequest';
  readonly data: PersonalDataRequestRefused['data'];
  readonly by: string;
}

export type PersonalDataRequestCommand =
  FilePersonalDataRequest | FulfilPersonalDataRequest | RefusePersonalDataRequest;
