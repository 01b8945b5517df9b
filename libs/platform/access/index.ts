export { toldRole } from './role-words';
export { AccessModule, type AccessOptions } from './access.module';
export type { SessionOptions } from './access.providers';
export {
  CrossSiteRequest,
  CsrfRefused,
  ForeignHost,
  GrantsUnavailable,
  IssuerUnavailable,
  NotAuthenticated,
  NotPermitted,
  SignInRefused,
  type AuthenticationFailure,
  type SignInFailure,
} from './access-refused';
export { Allow, BEARER_SCHEME, Public, Published, RequestedBy, ruleOf, SignedIn, type RouteRule } from './allow';
export { RouteWithoutRule } from './closed-routes';
export { credentialsIn } from './credentials';
export {
  DEMONSTRATION_MACHINES,
  DEMONSTRATION_PERSONS,
  EMBEDDED_ISSUER_NAME,
  type DemonstrationPerson,
} from './demonstration-persons';
export { EmbeddedIssuer } from './embedded/embedded-issuer';
export { machineSecretIn } from './embedded/machine-secrets';
export { NoToken, tokenByCode, tokenByCredentials } from './embedded/token-by-code';
export {
  grant,
  GrantReader,
  PseudonymReader,
  type Grant,
  type Identity,
  type KnownIdentity,
  type Scope,
} from './grant';
export { PERMISSIONS, type Permission } from './permissions';
export {
  actorUnder,
  grantAt,
  knowsOf,
  noteShown,
  permits,
  provincesOf,
  type Place,
  type Requester,
  type Shown,
} from './requester';
export { ROLES, type RoleName } from './roles';
export { ServiceAddress } from './service-address';
export { KeepSessions1700000000006 } from './sessions/migrations/1700000000006-keep-sessions';
export { PostgresSessionStore } from './sessions/postgres-session-store';
export { SessionStore, type SessionRecord, type StoredSession } from './sessions/session-store';
export {
  FULL_SIGHT,
  PUBLIC_SIGHT,
  requesterNow,
  sees,
  sightNow,
  sightOf,
  type OfficeInSight,
  type Sight,
} from './sight';
export { TokenIssuer } from './token-issuer';
