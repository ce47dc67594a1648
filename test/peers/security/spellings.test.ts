// The attack: with grace's stolen password, sign in under a spelling that the directory takes for her and
// that Duo does not know, to be handed a link to enroll a phone; or guess passwords under many spellings,
// each with a budget of its own; or look like a safe account.
// cspell:ignore ádmin ᵍrace
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sessionCookie } from '../../../testing/cookie-browser.ts';
import { type Door, doorForSuite, missingForDoor } from '../door/door.ts';
import { proxies } from '../front-proxies.ts';
import { describePeer, missingFile } from '../peer.ts';
import {
  peopleBase,
  person,
  type Slapd,
  searchAccount,
  slapdPrograms,
  startSlapd,
} from '../slapd.ts';

const people = [
  person('grace', 'mail: grace@corp.example'),
  person('alice'),
  person('admin'),
  person('ádmin'),
];

const spellings = [
  'GRACE',
  'gRaCe',
  'ｇｒａｃｅ',
  'ＧＲＡＣＥ',
  'ᵍrace',
  'gra\u00adce',
  'gra\u200bce',
  'grá\u0063e',
  'grace\u0301',
  'g\u0435race',
  'grace@corp.example',
  'GRACE@CORP.EXAMPLE',
  'CORP\\grace',
  'grace\\20',
  'grace\0',
  'grace)(uid=*',
];

interface Tried {
  readonly spelling: string;
  readonly page: string;
  readonly isIn: boolean;
}

const tryAs = async (door: Door, spelling: string, password: string): Promise<Tried> => {
  const browser = door.browser();
  await browser.get('/auth/login');
  await browser.post('/auth/login', { username: spelling, password });
  await browser.until(({ text }) => !text.includes('Contacting Duo'));
  return { spelling, page: browser.text, isIn: browser.cookies.has(sessionCookie) };
};

/** Whom Duo was asked about. */
const askedAbout = ({ simulator }: Door): Set<string | undefined> =>
  new Set(
    simulator.control
      .log()
      .filter(({ path }) => path.endsWith('/preauth'))
      .map(({ username }) => username),
  );

/** The spelling in which the n-th letter is a capital where the n-th bit of a number is set. */
const capitals = (name: string, bits: number): string =>
  [...name].map((letter, at) => (bits & (1 << at) ? letter.toUpperCase() : letter)).join('');

const toSecondStep = (tried: readonly Tried[]): string[] =>
  tried.filter(({ page }) => page.includes('Second step for grace')).map((one) => one.spelling);

describePeer('spellings', missingForDoor(...proxies) ?? missingFile(...slapdPrograms), () => {
  let slapd: Slapd;
  beforeAll(async () => {
    slapd = await startSlapd(people);
  });
  afterAll(() => slapd?.close());

  const withDirectory = (settings: () => string) => (yaml: string) =>
    `${yaml.replace(/^first_factor: .*$/m, `first_factor: { type: ldap, url: '${slapd.url}', ${settings()} }`)}
limits: { requests_per_minute: 10000, failures_per_user: 20, failures_per_address: 1000 }
`;

  describe.each(proxies)('of a directory that is searched first, through %s', (proxy) => {
    const door = doorForSuite(
      proxy,
      'application',
      withDirectory(
        () =>
          `base: '${peopleBase}', bind_dn: '${searchAccount.bindDn}', bind_password: { file: '${slapd.searchPasswordFile}' }, filter: '(|(uid={username})(mail={username}))'`,
      ),
    );

    it('are grace to Duo, or no one', async () => {
      const tried = await Promise.all(
        spellings.map((spelling) => tryAs(door(), spelling, 'grace-password')),
      );
      const known = ['GRACE', 'ｇｒａｃｅ', 'grace@corp.example', 'GRACE@CORP.EXAMPLE'];
      expect(toSecondStep(tried)).toEqual(expect.arrayContaining(known));
      expect(askedAbout(door())).toEqual(new Set(['grace']));
      for (const { spelling, page, isIn } of tried) {
        expect(page, spelling).toMatch(/Second step for grace|Incorrect user name or password/);
        expect(isIn, spelling).toBe(false);
      }
    });

    it('share one budget of guesses', async () => {
      await Promise.all(
        Array.from({ length: 31 }, (_, bits) => tryAs(door(), capitals('alice', bits), 'wrong')),
      );
      const late = await tryAs(door(), 'ａlice', 'alice-password');
      expect(late.page).toContain('Too many attempts');
      expect(askedAbout(door())).toEqual(new Set(['grace']));
    });

    it('of a safe account are it when the directory says so; who only looks like it is not', async () => {
      expect((await tryAs(door(), 'ADMIN', 'admin-password')).isIn).toBe(true);
      expect((await tryAs(door(), 'ádmin', 'ádmin-password')).isIn).toBe(false);
      expect(askedAbout(door())).toEqual(new Set(['grace', 'ádmin']));
    });
  });

  describe('of a directory that is bound to by template', () => {
    const door = doorForSuite(
      'nginx',
      'application',
      withDirectory(() => `user_dn: 'uid={username},${peopleBase}'`),
    );

    it('are refused, and Duo hears of none', async () => {
      const tried = await Promise.all(
        [...spellings, 'grace '].map((spelling) => tryAs(door(), spelling, 'grace-password')),
      );
      // A form's own spaces are no part of the name.
      expect(toSecondStep(tried)).toEqual(['grace ']);
      const refused = tried.filter(({ page }) => page.includes('Incorrect user name or password'));
      expect(refused).toHaveLength(spellings.length);
      expect(askedAbout(door())).toEqual(new Set(['grace']));
    });

    it('of a safe account are none', async () => {
      for (const spelling of ['ADMIN', 'ａdmin', 'ádmin', 'admin\u00ad']) {
        expect((await tryAs(door(), spelling, 'admin-password')).isIn, spelling).toBe(false);
      }
      expect((await tryAs(door(), 'admin', 'admin-password')).isIn).toBe(true);
    });
  });
});
