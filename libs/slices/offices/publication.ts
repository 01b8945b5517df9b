import type { PublicationRules } from '@khamrap/audit/events';
import type { OfficeEvent } from './domain/office.events';
import type { ZoneEvent } from './domain/zone.events';

const PUBLIC = 'Which offices there are, and who holds their posts, everybody reads.';
const ZONES = 'What a zone holds, everybody reads.';
const WHO_IS_WHO = 'Who may do what in this ledger is told to those who see roles.';

/** A grant that is kept at one office may hold anywhere: whoever sees roles in the nation sees it, others in the list of roles. */
const OF_ROLES = { permissions: ['audit.read', 'role.read'], nationOnly: true } as const;

/** Which events of offices and zones everybody may have as they were recorded. */
export const officePublication = {
  OfficeRegistered: { publish: 'atOnce', because: PUBLIC },
  OfficeRenamed: { publish: 'atOnce', because: PUBLIC },
  OfficeDissolved: { publish: 'atOnce', because: PUBLIC },
  HolderAppointed: { publish: 'atOnce', because: PUBLIC },
  HolderEnded: { publish: 'atOnce', because: PUBLIC },
  DelegationGranted: {
    publish: ({ data: { delegate } }) => (delegate === undefined ? 'atOnce' : 'never'),
    because:
      'A delegation is told by name. Where it lets somebody act in this ledger, their pseudonym stands beside the name.',
    permissions: ['audit.read', 'role.read'],
  },
  DelegationEnded: { publish: 'atOnce', because: 'That a delegation ended is told.' },
  RoleGranted: { publish: 'never', because: WHO_IS_WHO, ...OF_ROLES },
  RoleEnded: { publish: 'never', because: WHO_IS_WHO, ...OF_ROLES },
  ZoneRegistered: { publish: 'atOnce', because: ZONES },
  ZoneProvincesSet: { publish: 'atOnce', because: ZONES },
} as const satisfies PublicationRules<OfficeEvent | ZoneEvent>;
