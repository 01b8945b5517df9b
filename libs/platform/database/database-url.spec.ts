import { DatabaseUrl } from './database-url';

describe('DatabaseUrl', () => {
  const url = new DatabaseUrl('postgresql://amy%40office:p%2Fw@db.example:6432/ledger?sslmode=require');

  it('reads who logs in where', () => {
    expect([url.role, url.password, url.databaseName]).toEqual(['amy@office', 'p/w', 'ledger']);
  });

  it('names another login or another database of the same server', () => {
    expect(url.withLogin('bo@b', 'x/y')).toBe('postgresql://bo%40b:x%2Fy@db.example:6432/ledger?sslmode=require');
    expect(url.withDatabase('a b').href).toBe('postgresql://amy%40office:p%2Fw@db.example:6432/a%20b?sslmode=require');
  });

  it.each([
    ['nonsense', /must have the form/],
    ['mysql://a:secret@h/d', /must have the form/],
    ['postgresql:///d', /must have the form/],
    ['postgresql://a@h/d', /user and a password/],
    ['postgresql://h/d', /user and a password/],
    ['postgresql://a:secret@h', /name a database/],
    ['postgresql://a:secret@h/d?user=postgres', /must not have the option user/],
    ['postgresql://a:secret@h/d?password=other', /must not have the option password/],
    ['postgresql://a:secret@h/d?host=other', /must not have the option host/],
  ])('refuses %s without repeating it', (text, reason) => {
    expect(() => new DatabaseUrl(text)).toThrow(reason);
    expect(() => new DatabaseUrl(text)).not.toThrow(/secret/);
  });
});
