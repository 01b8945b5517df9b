export { BuildTheVault1700000000002 } from './migrations/1700000000002-build-the-vault';
export { WallTheVault1700000000005 } from './migrations/1700000000005-wall-the-vault';
export { SubjectRecords, type SubjectRecord } from './subject-records';
export { Vault, type Erased, type Subject } from './vault';
