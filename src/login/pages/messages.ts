import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };

/** The name of a text on the pages. */
export type MessageName = keyof typeof en;

/** A text in the page's language; `{name}` in it is filled in. */
export type Translate = (name: MessageName, values?: Readonly<Record<string, string>>) => string;

type Catalogue = Readonly<Record<MessageName, string>>;

const catalogues: ReadonlyMap<string, Catalogue> = new Map<string, Catalogue>([
  ['en', en],
  ['de', de],
]);

/** The languages that come with the package. */
export const languages: readonly string[] = [...catalogues.keys()];

/** The names of all texts, for whoever checks a catalogue of their own. */
export const messageNames = Object.keys(en) as MessageName[];

/** @param own texts that replace those of the package, from a messages file. */
export const createTranslate = (
  language: string,
  own: Readonly<Partial<Record<string, string>>> = {},
): Translate => {
  const catalogue = catalogues.get(language) ?? catalogues.get(language.slice(0, 2)) ?? en;
  return (name, values = {}) => {
    const text = own[name] ?? catalogue[name];
    return text.replace(/\{(\w+)\}/g, (hole, key: string) => values[key] ?? hole);
  };
};
