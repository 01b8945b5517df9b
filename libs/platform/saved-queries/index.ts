export { SaveQueries1700000000012 } from './migrations/1700000000012-save-queries';
export { RecordsOfSavedQueries } from './records-of-saved-queries';
export { SavedQueries, type SavedQuery } from './saved-queries';
