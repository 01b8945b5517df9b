import { GrantReader, type Grant } from '@khamrap/platform/access';
import { Injectable } from '@nestjs/common';

/**
 * Nobody holds a role: what stands in where no slice tells of roles that the ledger has granted. Whoever signs in is known,
 * and may do nothing but what everybody may.
 */
@Injectable()
export class NoGrants extends GrantReader {
  grantsOf(): Promise<readonly Grant[]> {
    return Promise.resolve([]);
  }
}
