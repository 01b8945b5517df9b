/** Any value that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;

/** A JSON object. Fields that are `undefined` count as absent. */
export interface JsonObject {
  readonly [key: string]: Json | undefined;
}
