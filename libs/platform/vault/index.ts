export { BuildTheVault1700000000002 } from './migrations/1700000000002-build-the-vault';
export { Vault, type Subject } from './vault';
