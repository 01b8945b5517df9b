/** Where this library reports what an operator should know. Nest's Logger fits. No line carries a password or a row's content. */
export interface DatabaseLog {
  log(message: string): void;
  warn(message: string): void;
}
