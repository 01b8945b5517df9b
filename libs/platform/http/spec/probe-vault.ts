import { Global, Module } from '@nestjs/common';
import { grant, GrantReader, PseudonymReader, type Grant, type Identity } from '@khamrap/platform/access';
import { REQUEST_HASH_SECRET } from '../index';

class ProbePseudonyms extends PseudonymReader {
  pseudonymOf({ subject }: Identity): Promise<string> {
    return Promise.resolve(`pseudonym-of-${subject.length}`);
  }
}

const PHRAE_CDD = { kind: 'office', office: 'phrae-cdd', province: 'TH-54' } as const;
const GRANTS: Readonly<Record<string, readonly Grant[]>> = {
  'governor-of-phrae': [grant('governor', { kind: 'province', province: 'TH-54' })],
  'head-of-phrae-cdd': [grant('officeHead', PHRAE_CDD)],
  'keeper-of-phrae-cdd': [grant('keeper', PHRAE_CDD)],
  recorder: [grant('recorder', { kind: 'nation' })],
};

class ProbeGrants extends GrantReader {
  grantsOf({ subject }: Identity): readonly Grant[] {
    return GRANTS[subject] ?? [];
  }
}

/** Who people are and what they may do, as the vault and the ledger would tell it. */
@Global()
@Module({
  providers: [
    { provide: PseudonymReader, useClass: ProbePseudonyms },
    { provide: GrantReader, useClass: ProbeGrants },
    { provide: REQUEST_HASH_SECRET, useValue: Buffer.alloc(32, 7) },
  ],
  exports: [PseudonymReader, GrantReader, REQUEST_HASH_SECRET],
})
export class ProbeVaultModule {}
