import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { html } from '../../../src/login/pages/html.ts';
import { createTranslate, languages, messageNames } from '../../../src/login/pages/messages.ts';
import { statePage } from '../../../src/login/pages/pages.ts';
import { brandCss, readableOn } from '../../../src/login/server/pages.ts';
import { login, states } from '../flow/samples.ts';

const frame = {
  t: createTranslate('en'),
  language: 'en',
  brandName: '<b>SOC</b>',
  hasLogo: false,
  base: '/auth',
};

describe('html', () => {
  it('escapes all that is filled in but markup', () => {
    const nasty = `<script>"&'`;
    expect(
      String(html`<p title="${nasty}">${nasty}${html`<br>`}${[1, false, undefined]}</p>`),
    ).toBe('<p title="&lt;script&gt;&quot;&amp;&#39;">&lt;script&gt;&quot;&amp;&#39;<br>1</p>');
  });
});

describe('messages', () => {
  const folder = 'src/login/pages/messages';
  const read = (file: string) => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'));
  const holes = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort();

  it.each(readdirSync(folder))('%s has every text, with the same holes', (file) => {
    const [catalog, english] = [read(file), read('en.json')];
    expect(Object.keys(catalog)).toEqual([...messageNames]);
    for (const name of messageNames) {
      expect(holes(catalog[name]), name).toEqual(holes(english[name]));
      expect(catalog[name].trim()).not.toBe('');
    }
  });

  it('fall back to English, and give way to texts of one’s own', () => {
    expect(languages).toEqual(['en', 'de']);
    expect(createTranslate('fr')('signIn')).toBe('Sign in');
    expect(createTranslate('de-AT')('signIn')).toBe('Anmelden');
    expect(createTranslate('fr', { signIn: 'Connexion' })('signIn')).toBe('Connexion');
  });
});

describe('the brand’s color', () => {
  it.each([
    ['#1f5fd0', '#ffffff'],
    ['#ffdd00', '#000000'],
    ['#000000', '#ffffff'],
    ['#ffffff', '#000000'],
  ])('%s carries %s', (color, text) => {
    expect(readableOn(color)).toBe(text);
    expect(brandCss(color)).toContain(`--brand: ${color}; --on-brand: ${text};`);
  });
});

describe('the page of a state', () => {
  it.each(Object.values(states))('$kind shows no transaction and no user as markup', (state) => {
    const nasty = {
      ...state,
      ...('login' in state && { login: { ...login, username: '<i>x</i>' } }),
    };
    const page = statePage(nasty, frame, { csrf: 'token', nowMs: 0 });
    const isEnd = state.kind === 'granted' || state.kind === 'first-factor';
    expect(page === undefined).toBe(isEnd);
    const text = String(html`${page?.body}`);
    expect(text).not.toContain('tx-1');
    expect(text).not.toContain('<i>');
  });

  it('carries no link but https to enroll', () => {
    const enrolling = { ...states.enrolling, url: 'javascript:alert(1)' };
    const page = statePage(enrolling, frame, { csrf: 'token', nowMs: 0 });
    expect(String(html`${page?.body}`)).not.toContain('javascript');
  });
});
