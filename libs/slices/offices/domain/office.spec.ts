import { isoDate, NATIVE, NOT_STATED } from '@khamrap/kernel';
import { specification } from '@khamrap/testing';
import { officeDecider } from './office.decider';
import { ImpossibleHistory } from './office.evolve';
import {
  appointed,
  appointHolder,
  delegated,
  delegationEnded,
  dissolved,
  dissolveOffice,
  endDelegation,
  endHolder,
  endRole,
  EVERY_OFFICE_EVENT,
  grantDelegation,
  grantRole,
  left,
  registered,
  registerOffice,
  registerZone,
  renamed,
  renameOffice,
  roleEnded,
  roleGranted,
  setZoneProvinces,
  TODAY,
  TRANSCRIBED,
  zoneProvincesSet,
  zoneRegistered,
} from './office.examples';
import { zoneDecider } from './zone.decider';
import { zoneIdOf } from './zone.identity';

const { given } = specification(officeDecider);
const day = isoDate;

describe('an office', () => {
  test.each([
    [{ kind: 'provincialOffice', province: 'TH-54', parentOfficeId: 'cdd', area: 'เมืองแพร่' }],
    [{ kind: 'province', province: 'TH-10' }],
    [{ kind: 'cluster' }],
    [{ kind: 'externalBody' }],
  ] as const)('is registered: %j', (told) => {
    const data = { nameTh: 'ตัวอย่าง', ...told };
    given()
      .when({ ...registerOffice(), data })
      .then({ type: 'OfficeRegistered', data });
  });

  test('is renamed, once', () => {
    given(registered()).when(renameOffice()).then(renamed());
    given(registered(), renamed()).when(renameOffice()).thenNothing();
    given(registered({ nameEn: 'Example' }), renamed())
      .when(renameOffice({ nameEn: 'Example' }))
      .then(renamed({ nameEn: 'Example' }));
    given(registered())
      .when(renameOffice({ from: NOT_STATED }, TRANSCRIBED))
      .then(renamed({ from: NOT_STATED }));
  });

  test.each([
    [{ from: day('2027-02-01') }, NATIVE],
    [{ from: NOT_STATED }, TRANSCRIBED],
    [{ basis: 'กฎกระทรวงตัวอย่าง' }, NATIVE],
  ] as const)('is told its name again where something else is told of it: %j', (changes, provenance) => {
    given(registered(), renamed()).when(renameOffice(changes, provenance)).then(renamed(changes));
  });

  test('is told since when it has the name under which it was registered', () => {
    const { nameTh } = registered().data;
    given(registered()).when(renameOffice({ nameTh })).then(renamed({ nameTh }));
  });

  test('takes with it what is open in it, and leaves alone what is over', () => {
    const over = roleGranted({ grantId: 'over', from: day('2026-10-01'), to: day('2027-03-30') });
    given(
      registered(),
      appointed(),
      delegated(),
      delegated({ delegationId: 'over', to: day('2027-03-31') }),
      delegated({ delegationId: 'ended' }),
      delegationEnded({ delegationId: 'ended' }),
      roleGranted(),
      over,
    )
      .when(dissolveOffice())
      .then(
        left({ on: TODAY, reason: 'officeDissolved' }),
        delegationEnded({ on: TODAY }),
        roleEnded({ reason: 'พระราชกฤษฎีกาตัวอย่าง' }),
        dissolved(),
      );
    given(registered(), appointed(), delegated())
      .when(dissolveOffice({ on: NOT_STATED }, TRANSCRIBED))
      .then(
        left({ on: NOT_STATED, reason: 'officeDissolved' }),
        delegationEnded({ on: NOT_STATED }),
        dissolved({ on: NOT_STATED }),
      );
  });

  test('has no history but its own', () => {
    const impossible = [
      [renamed()],
      [registered(), registered()],
      [registered(), left()],
      [registered(), delegationEnded()],
      [registered(), roleEnded()],
    ];
    for (const history of impossible) {
      expect(() =>
        history.reduce((state, event) => officeDecider.evolve(state, event), officeDecider.initialState),
      ).toThrow(ImpossibleHistory);
    }
    expect(
      EVERY_OFFICE_EVENT.reduce((state, event) => officeDecider.evolve(state, event), officeDecider.initialState),
    ).toMatchObject({ status: 'dissolved' });
  });
});

describe('a post', () => {
  const successor = { personName: 'คนใหม่ ตัวอย่าง', from: day('2027-03-01') };
  const earlier = { personName: 'คนก่อน ตัวอย่าง', from: day('2025-10-01'), until: day('2026-09-30') };

  test('is taken up, left, vacant, and taken up again', () => {
    given(registered()).when(appointHolder()).then(appointed());
    given(registered(), appointed()).when(endHolder()).then(left());
    given(registered(), appointed(), left()).when(appointHolder(successor)).then(appointed(successor));
  });

  test('was held once: recorded later, beside the present holder and after the end of the office', () => {
    given(registered(), appointed()).when(appointHolder(earlier)).then(appointed(earlier));
    given(registered(), dissolved()).when(appointHolder(earlier)).then(appointed(earlier));
  });

  test('is held since and until days that a document does not state', () => {
    const open = { from: NOT_STATED } as const;
    given(registered()).when(appointHolder(open, TRANSCRIBED)).then(appointed(open));
    const silent = { on: NOT_STATED, reason: NOT_STATED } as const;
    given(registered(), appointed()).when(endHolder(silent, TRANSCRIBED)).then(left(silent));
  });
});

describe('a delegation', () => {
  test('is granted by a written order, and ends', () => {
    given(registered(), appointed()).when(grantDelegation()).then(delegated());
    given(registered(), delegated()).when(endDelegation()).then(delegationEnded());
  });

  test.each(['actingFor', 'actingInPosition'] as const)('%s needs no order', (kind) => {
    const { orderReference: _none, ...data } = { ...grantDelegation().data, kind };
    given(registered())
      .when({ ...grantDelegation(), data })
      .then({ type: 'DelegationGranted', data });
  });

  test('of which a document states neither order nor scope nor day', () => {
    const { orderReference: _none, ...data } = { ...grantDelegation().data, scope: [], from: NOT_STATED } as const;
    given(registered())
      .when({ ...grantDelegation({}, TRANSCRIBED), data })
      .then({ type: 'DelegationGranted', data });
  });

  test('to another office may name one who is called like the holder', () => {
    const namesake = { personName: 'สมมุติ ตัวอย่าง', toOfficeId: 'another' };
    given(registered(), appointed()).when(grantDelegation(namesake)).then(delegated(namesake));
  });
});

describe('a role', () => {
  test('is granted from today, or from a later day, and ends at once', () => {
    given(registered()).when(grantRole()).then(roleGranted());
    const later = { from: day('2027-10-01'), to: day('2027-10-01'), scope: { kind: 'nation' } } as const;
    given(registered()).when(grantRole(later)).then(roleGranted(later));
    given(registered(), roleGranted()).when(endRole()).then(roleEnded());
  });

  test.each([
    ['another scope', [roleGranted()], { scope: { kind: 'province', value: 'TH-54' } }],
    ['another person', [roleGranted()], { grantee: 'pseudonym-3' }],
    ['another role', [roleGranted()], { role: 'supervisor' }],
    ['after the first has ended', [roleGranted(), roleEnded()], {}],
    ['after the first will be over', [roleGranted({ to: day('2027-04-30') })], { from: day('2027-05-01') }],
  ] as const)('is granted again: %s', (_what, history, changes) => {
    const again = { grantId: 'grant-2', ...changes };
    given(registered(), ...history)
      .when(grantRole(again))
      .then(roleGranted(again));
  });
});

describe('a zone', () => {
  const zone = specification(zoneDecider);

  test('is registered, and its provinces are told from a day on', () => {
    zone.given().when(registerZone()).then(zoneRegistered());
    zone.given(zoneRegistered()).when(setZoneProvinces()).then(zoneProvincesSet());
    const later = { effectiveFrom: day('2028-01-01') };
    zone.given(zoneRegistered(), zoneProvincesSet()).when(setZoneProvinces(later)).then(zoneProvincesSet(later));
  });

  test('the same provinces from the same day change nothing, others take their place', () => {
    const past = [zoneRegistered(), zoneProvincesSet()];
    zone
      .given(...past)
      .when(setZoneProvinces({ provinces: ['TH-55', 'TH-54'] }))
      .thenNothing();
    const others = { provinces: ['TH-56'] };
    zone
      .given(...past)
      .when(setZoneProvinces(others))
      .then(zoneProvincesSet(others));
    const better = { basis: 'คำสั่งสำนักนายกรัฐมนตรีตัวอย่าง' };
    zone
      .given(...past)
      .when(setZoneProvinces(better))
      .then(zoneProvincesSet(better));
  });

  test('holds its provinces since a day that a document does not state', () => {
    const since = { effectiveFrom: NOT_STATED } as const;
    zone.given(zoneRegistered()).when(setZoneProvinces(since, TRANSCRIBED)).then(zoneProvincesSet(since));
  });

  test.each([
    [{ scheme: 'primeMinisterOffice', number: 16 }, 'primeMinisterOffice-16'],
    [{ scheme: 'primeMinisterOffice' }, 'primeMinisterOffice-central'],
    [{ scheme: 'department', officeId: 'cdd', number: 5 }, 'department-cdd-5'],
  ] as const)('%j is called %s', (zoneOf, zoneId) => {
    expect(zoneIdOf(zoneOf)).toBe(zoneId);
  });
});
