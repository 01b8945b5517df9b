import { DatabaseUrl } from './database-url';
import { roleNames, rolePassword, scramVerifier } from './roles';

describe('the roles', () => {
  it('are named after the database, or after the prefix', () => {
    expect(roleNames('ledger')).toEqual({
      migrate: 'khamrap_ledger_migrate',
      append: 'khamrap_ledger_append',
      project: 'khamrap_ledger_project',
      read: 'khamrap_ledger_read',
    });
    expect(roleNames('ledger', 'ours').read).toBe('ours_read');
  });

  it('have names that PostgreSQL would not cut off', () => {
    expect(() => roleNames('ก'.repeat(20))).toThrow(/longer than PostgreSQL allows/);
  });

  it('have passwords that follow from the administrator’s and differ', () => {
    const admin = new DatabaseUrl('postgresql://a:secret@h/d');
    const otherAdmin = new DatabaseUrl('postgresql://a:secret2@h/d');
    expect(rolePassword(admin, 'r')).toBe(rolePassword(new DatabaseUrl('postgresql://b:secret@h2/d2'), 'r'));
    expect(new Set([rolePassword(admin, 'r'), rolePassword(admin, 's'), rolePassword(otherAdmin, 'r')]).size).toBe(3);
  });
});

describe('scramVerifier', () => {
  it('is that of the example in RFC 7677', () => {
    expect(scramVerifier('pencil', Buffer.from('W22ZaJ0SNY7soEsUEjb6gQ==', 'base64'))).toBe(
      'SCRAM-SHA-256$4096:W22ZaJ0SNY7soEsUEjb6gQ==$WG5d8oPm3OtcPnkdi4Uo7BkeZkBFzpcXkuLmtbsT4qY=:wfPLwcE6nTWhTAmQ7tl2KeoiWGPlZqQxSrmfPwDl2dU=',
    );
  });
});
