/** What the rules need to know of an award. Who received what is for the views. */
export type AwardState =
  { readonly status: 'notRecorded' } | { readonly status: 'granted' } | { readonly status: 'announced' };
