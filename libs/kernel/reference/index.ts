export * from './provinces';
export * from './zones';
