// Required before the program, puts a guard in the place of ours that lets everybody in as one recorder: no token is looked at, no
// grant, no budget. What the true guards cost is the difference.
const path = require('node:path');

const DIST = path.resolve(__dirname, '../../../dist');

require('reflect-metadata');
const { AccessGuard } = require(path.join(DIST, 'libs/platform/access/access.guard.js'));
const { grant } = require(path.join(DIST, 'libs/platform/access/grant.js'));

const CONSTANT = {
  issuer: 'urn:khamrap:benchmark',
  subject: 'recorder',
  actor: { id: '0f8fad5b-d9cb-469f-a165-70867728950e', role: 'recorder' },
  grants: [grant('recorder', { kind: 'nation' })],
};

AccessGuard.prototype.canActivate = (context) => {
  context.switchToHttp().getRequest().requester = CONSTANT;
  return true;
};
