import { NotPermitted, permits, type Requester } from '@khamrap/platform/access';

/** Whether somebody decides what persons ask of their data: for the whole nation, because people stand at no place. */
export function isPrivacyOfficer(requester: Requester): boolean {
  return permits(requester, 'personalData.decide', {});
}

/** @throws NotPermitted */
export function requirePrivacyOfficer(requester: Requester): void {
  if (!isPrivacyOfficer(requester)) throw new NotPermitted(['personalData.decide']);
}
