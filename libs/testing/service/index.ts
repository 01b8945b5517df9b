export { ApiClient, type Answer, type AnyBody, type RawRequest, type RequestOptions } from './api-client';
export { EventStream, type StreamedEvent } from './event-stream';
export { GrantsOfPersons } from './grants-of-persons';
export { RunningService, signIn, type StartedService } from './running-service';
export { launchService, startServiceProgram, type ServiceProgram } from './service-program';
export { tokenOf } from './token-of';
export {
  engineOfRun,
  makeEmbeddedEnvironment,
  makeServiceEnvironment,
  type EmbeddedEnvironment,
  type Engine,
  type ServiceEnvironment,
  type ServiceEnvironmentOptions,
  type Variables,
} from './service-environment';
