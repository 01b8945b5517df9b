export type { Config, DatabaseConfig, IssuerConfig, LogLevel, RequestBudgets, RequestLimits, Role } from './config';
export { describeConfig } from './describe-config';
export { ConfigRefused, readConfig } from './read-config';
export { isLoopback } from './readers';
export { VARIABLES, type Variable, type VariableName } from './variables';
