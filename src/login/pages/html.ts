/** Markup that is safe to send as it is. Made only by {@link html}. */
export class Html {
  readonly #markup: string;

  constructor(markup: string) {
    this.#markup = markup;
  }

  toString(): string {
    return this.#markup;
  }
}

/** What may stand in a template. `false` and `undefined` stand for nothing. */
export type Hole = string | number | false | undefined | Html | readonly Hole[];

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const escapeText = (text: string): string =>
  text.replace(/[&<>"']/g, (letter) => entities[letter] ?? '');

const render = (hole: Hole): string => {
  if (hole === undefined || hole === false) {
    return '';
  }
  if (hole instanceof Html) {
    return hole.toString();
  }
  return Array.isArray(hole) ? hole.map(render).join('') : escapeText(String(hole));
};

/** Markup from a template. Whatever is filled in is escaped, unless it is markup itself. */
export const html = (parts: TemplateStringsArray, ...holes: readonly Hole[]): Html =>
  new Html(parts.map((part, index) => part + render(holes[index])).join(''));
