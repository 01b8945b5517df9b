import type { Permission } from './permissions';

/** What each role may do, within the scope in which it is granted. */
export const ROLES = {
  /** The head of an office: the maker of its agreement. */
  officeHead: [
    'agreement.read',
    'agreement.draft',
    'agreement.setTarget',
    'agreement.negotiate',
    'agreement.sign',
    'agreement.amend',
    'agreement.certify',
    'award.read',
    'standings.read',
    'audit.read',
    'evidence.read',
    'evidence.upload',
    'inspection.read',
    'inspection.respond',
    'question.read',
    'question.explain',
  ],
  /** The governor: receiver of the agreements of a province's offices. */
  governor: [
    'agreement.read',
    'agreement.draft',
    'agreement.setTarget',
    'agreement.negotiate',
    'agreement.sign',
    'agreement.amend',
    'agreement.closeRound',
    'award.read',
    'award.grant',
    'goalSet.publish',
    'standings.read',
    'audit.read',
    'evidence.read',
    'role.read',
    'inspection.read',
    'inspection.respond',
    'question.read',
    'question.explain',
  ],
  /** The data keeper of an office's indicators. */
  keeper: [
    'agreement.read',
    'agreement.draft',
    'agreement.report',
    'agreement.certify',
    'standings.read',
    'evidence.read',
    'evidence.upload',
    'inspection.read',
    'inspection.respond',
    'question.read',
    'question.explain',
  ],
  /** The supervisor of an office's indicators. */
  supervisor: [
    'agreement.read',
    'agreement.certify',
    'standings.read',
    'evidence.read',
    'inspection.read',
    'question.read',
  ],
  /** The performance unit of a province: the last step of certification, and the closing of rounds. */
  performanceUnit: [
    'agreement.read',
    'agreement.certify',
    'agreement.closeRound',
    'standings.read',
    'evidence.read',
    'inspection.read',
    'question.read',
  ],
  /** Transcribes what source documents state: never decides anything. */
  recorder: [
    'agreement.read',
    'agreement.draft',
    'agreement.setTarget',
    'agreement.negotiate',
    'agreement.sign',
    'agreement.report',
    'award.read',
    'award.grant',
    'standings.read',
    'evidence.read',
    'evidence.upload',
    'sourceDocument.register',
    'goalSet.publish',
    'scheme.publish',
    'office.register',
  ],
  /** An inspector of a zone. */
  inspector: [
    'agreement.read',
    'agreement.examine',
    'award.read',
    'standings.read',
    'audit.read',
    'evidence.read',
    'role.read',
    'inspection.read',
    'inspection.conduct',
    'question.read',
    'question.ask',
  ],
  /** An officer of the National Anti-Corruption Commission: looks into everything and changes nothing. */
  naccOfficer: [
    'agreement.read',
    'award.read',
    'standings.read',
    'audit.read',
    'evidence.read',
    'role.read',
    'inspection.read',
    'question.read',
    'accessLog.read',
  ],
  /**
   * Acts for the holder of an office under a delegation that the ledger knows of: within what the order covers, never more
   * than the holder may.
   */
  delegate: [
    'agreement.read',
    'agreement.draft',
    'agreement.setTarget',
    'agreement.negotiate',
    'agreement.sign',
    'agreement.amend',
    'agreement.certify',
    'standings.read',
    'evidence.read',
    'evidence.upload',
    'inspection.read',
    'inspection.respond',
    'question.read',
    'question.explain',
  ],
  /** The data protection officer (เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล) of the one who runs the ledger. */
  privacyOfficer: ['personalData.decide', 'evidence.erase', 'role.read', 'accessLog.read'],
  /** A screen that shows figures to those inside. */
  dashboard: ['agreement.read', 'award.read', 'standings.read'],
  /** Runs the service; has no say in what the ledger holds. */
  administrator: [
    'office.register',
    'office.grantRole',
    'role.read',
    'audit.read',
    'standings.read',
    'evidence.erase',
    'inspection.assign',
    'question.publishRules',
  ],
} as const satisfies Record<string, readonly Permission[]>;

export type RoleName = keyof typeof ROLES;
