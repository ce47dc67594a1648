import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, it } from 'vitest';
import { escapeMarkdown, type Text, toMarkdown } from '../../src/integration/readable.ts';

/** What a person sees of markdown, and which tags it took to show it. */
const render = (markdown: string) => {
  const html = marked.parse(markdown, { async: false });
  return {
    tags: [...html.matchAll(/<(\w+)/g)].map((match) => match[1]),
    text: html
      .replace(/<[^>]*>/g, '')
      .replace(/&lt;/g, '<')
      .replace(/&gt;/g, '>')
      .replace(/&quot;/g, '"')
      .replace(/&#39;/g, "'")
      .replace(/&amp;/g, '&')
      .trim(),
  };
};

describe('escapeMarkdown', () => {
  it.each([
    ['emphasis', '*bold* _it_ ~~gone~~'],
    ['a link', '[click](https://evil.example)'],
    ['a picture', '![x](https://evil.example/pixel)'],
    ['a bare address', 'see https://evil.example now'],
    ['a bare host', 'see www.evil.example now'],
    ['a mail address', 'ask help@evil.example'],
    ['an HTML tag', '<img src=x onerror=alert(1)>'],
    ['an entity', '&lt;b&gt;'],
    ['code', '`rm -rf`'],
    ['a table cell', 'a | b'],
    ['a backslash', 'DOMAIN\\alice'],
    ['a heading', '# title'],
  ])('shows %s as it is', (_what, text) => {
    expect(render(escapeMarkdown(text))).toEqual({ tags: ['p'], text });
  });

  it('keeps everything on one line', () => {
    expect(escapeMarkdown('a\n# b\r\n- c')).toBe('a \\# b - c');
  });

  it('never opens a tag, whatever comes', () => {
    const nasty = fc.array(
      fc.constantFrom(...'*_[]()!<>`|\\&#~@:/.', 'http://', 'www.', 'x@y.z', '\n', 'a', ' '),
    );
    fc.assert(
      fc.property(nasty, (parts) => {
        const { tags } = render(`x ${escapeMarkdown(parts.join(''))} x`);
        expect(tags).toEqual(['p']);
      }),
      { numRuns: 2000 },
    );
  });
});

/** The Markdown of a sentence alone. */
const sentence = (...parts: Text[]): string =>
  toMarkdown({ title: '', rows: [], next: [parts] }).split('\n\n')[1] ?? '';

describe('a sentence', () => {
  it('links a plain https address', () => {
    const link = 'https://api-1.duosecurity.com/portal?code=4&akey=DA_x';
    expect(render(sentence({ link }))).toEqual({ tags: ['p', 'a'], text: link });
  });

  it.each([
    'http://a.example/',
    'javascript:alert(1)',
    'https://a.example/) [x](y',
    'https://a b/',
  ])('leaves %s as text', (link) => {
    expect(render(sentence({ link }))).toEqual({ tags: ['p'], text: link });
  });

  it('keeps the spaces between its parts, and marks what is marked', () => {
    const text = sentence('Run ', { code: 'duo-ping' }, ', then say ', { strong: '1*2' }, ' now.');
    expect(text).toBe('Run `duo-ping`, then say **1\\*2** now.');
  });

  it('does not let code end early', () => {
    expect(render(sentence({ code: 'a`b<i>' }))).toEqual({ tags: ['p', 'code'], text: 'ab<i>' });
  });
});

describe('toMarkdown', () => {
  it('writes a title, a table, another, and what to do', () => {
    const text = toMarkdown({
      title: 'Duo: a|b',
      rows: [{ Result: 'auth', Empty: '', Absent: undefined }],
      more: {
        intro: 'Devices:',
        rows: [
          { Name: 'x', Number: undefined },
          { Name: 'y', Number: '1' },
        ],
      },
      next: ['Go on.'],
    });
    expect(text).toBe(
      [
        '### Duo: a\\|b',
        '| Result |',
        '| --- |',
        '| auth |',
        '',
        'Devices:',
        '',
        '| Name | Number |',
        '| --- | --- |',
        '| x |  |',
        '| y | 1 |',
        '',
        'Go on.',
      ].join('\n'),
    );
  });

  it('leaves out what is empty', () => {
    const text = toMarkdown({ title: 'T', rows: [{ A: '1' }], more: { intro: 'None:', rows: [] } });
    expect(text).toBe('### T\n| A |\n| --- |\n| 1 |');
  });
});
