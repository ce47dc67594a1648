// The attack: with a hold on XSOAR's answer, or while it is broken, feed the gateway values that switch
// Duo off by accident: a zero, an empty text, a missing box, a page.
import { afterEach, expect, it } from 'vitest';
import { challengeCookie, sessionCookie } from '../../../testing/cookie-browser.ts';
import { doorForSuite, missingForDoor } from '../door/door.ts';
import type { Answer } from '../door/upstream.ts';
import { describePeer } from '../peer.ts';

const search = '/settings/integration/search';
const usual = { use_2fa: true, require_password: false };

const values: readonly unknown[] = [
  0,
  '',
  'no',
  'off',
  'FALSE',
  ' false',
  null,
  [],
  [false],
  { value: false },
  undefined,
];

const answers: readonly (readonly [name: string, answer: Answer])[] = [
  ['a page', { status: 200, body: '<!doctype html><title>Sorry</title>' }],
  ['an empty object', { status: 200, body: {} }],
  ['no instance', { status: 200, body: { instances: [] } }],
  ['a refusal', { status: 401, body: { id: 'unauthorized' } }],
  ['an error with a body that fits', { status: 500, body: { instances: [] } }],
  [
    'two instances that disagree',
    {
      status: 200,
      body: {
        instances: ['a', 'b'].map((name) => ({
          name,
          brand: 'DuoAuthAPI',
          enabled: 'true',
          data: [{ name: 'use_2fa', value: false }],
        })),
      },
    },
  ],
];

// The server is asked by the gateway itself, so which proxy is in front makes no difference.
describePeer('hostile switches', missingForDoor('nginx'), () => {
  const door = doorForSuite('nginx', 'xsoar', (yaml) =>
    yaml.replace('  from: xsoar\n', '  from: xsoar\n  refresh_seconds: 1\n'),
  );
  afterEach(() => {
    door().upstream.answers.clear();
    Object.assign(door().upstream.switches, usual);
  });

  /** Wait until what the server says now has been read. */
  const read = async (): Promise<void> => {
    const { arrivals } = door().upstream;
    arrivals.splice(0);
    const asked = () => arrivals.filter(({ line }) => line === `POST ${search}`).length;
    // The second question is asked when the first answer has been dealt with.
    await expect.poll(asked, { timeout: 10_000 }).toBeGreaterThan(1);
  };

  const duoIsAsked = async (): Promise<void> => {
    const browser = door().browser();
    await browser.signIn('grace');
    expect(browser.cookies.has(sessionCookie)).toBe(false);
    expect(browser.cookies.has(challengeCookie)).toBe(true);
    expect(browser.text).toContain('Second step for grace');
  };

  it.each(values.map((value) => [value]))('use_2fa: %j leaves Duo on', async (value) => {
    door().upstream.switches['use_2fa'] = value;
    await read();
    await duoIsAsked();
    expect(door().isAlive()).toBe(true);
  });

  it.each(answers)('%s leaves Duo on', async (_name, answer) => {
    door().upstream.answers.set(search, answer);
    await read();
    await duoIsAsked();
    expect(door().isAlive()).toBe(true);
  });

  it('a box that is really off is off', async () => {
    door().upstream.switches['use_2fa'] = false;
    await read();
    const browser = door().browser();
    await browser.signIn('grace');
    expect(browser.cookies.has(sessionCookie)).toBe(true);
  });
});
