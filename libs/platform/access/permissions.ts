/** Everything that can be allowed, and what it means. A name here is what a route asks for. */
export const PERMISSIONS = {
  'agreement.read': 'see agreements that are not published yet',
  'agreement.draft': 'draft an agreement and its indicators',
  'agreement.setTarget': 'set targets and weights while an agreement is negotiated',
  'agreement.negotiate': 'propose, return or accept the terms',
  'agreement.sign': 'sign',
  'agreement.report': 'report and correct actuals',
  'agreement.certify': 'certify or return reported actuals',
  'agreement.examine': 'examine actuals within an inspection round',
  'agreement.amend': 'request and decide amendments',
  'agreement.closeRound': 'close an evaluation round',
  'award.read': 'see awards that are not announced yet',
  'award.grant': 'grant, correct and revoke awards',
  'standings.read': 'see standings that are not published yet',
  'audit.read': 'read histories, differences and events in full',
  'evidence.read': 'download evidence',
  'evidence.upload': 'upload evidence',
  'evidence.erase': 'erase the bytes of evidence for good',
  'sourceDocument.register': 'register source documents and transcribe what they state',
  'goalSet.publish': 'publish goal sets',
  'scheme.publish': 'publish scoring rules, calendars and reference data',
  'office.register': 'register offices and their holders',
  'office.grantRole': 'grant and end roles',
  'role.read': 'see who holds and held which role',
  'personalData.decide': 'decide what persons ask of the data about them',
} as const;

export type Permission = keyof typeof PERMISSIONS;
