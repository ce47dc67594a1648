import * as z from 'zod';
import de from './messages/de.json' with { type: 'json' };
import en from './messages/en.json' with { type: 'json' };

/** The name of a text on the pages. */
export type MessageName = keyof typeof en;

/** A text in the page's language; `{name}` in it is filled in. */
export type Translate = (name: MessageName, values?: Readonly<Record<string, string>>) => string;

type Catalog = Readonly<Record<MessageName, string>>;

const catalogs: ReadonlyMap<string, Catalog> = new Map<string, Catalog>([
  ['en', en],
  ['de', de],
]);

/** The languages that come with the package. */
export const languages: readonly string[] = [...catalogs.keys()];

/** The names of all texts, for checking a catalog of one's own. */
export const messageNames = Object.keys(en) as MessageName[];

// `de-AT,de;q=0.9,en;q=0.8`: the languages by their weight.
const negotiate = (acceptLanguage: string): string | undefined =>
  acceptLanguage
    .split(',')
    .map((entry) => {
      const [range = '', ...parameters] = entry.trim().toLowerCase().split(';');
      const weight = parameters.find((one) => one.trim().startsWith('q='))?.split('=')[1];
      return { language: range.slice(0, 2), weight: Number(weight ?? 1) };
    })
    .filter(({ language, weight }) => catalogs.has(language) && weight > 0)
    .sort((one, other) => other.weight - one.weight)[0]?.language;

/**
 * The language of a page: the one that is set, else the first of the browser's that there is a catalog
 * for, else English.
 */
export const chooseLanguage = (
  set: string | undefined,
  acceptLanguage: string | undefined,
): string => set ?? negotiate(acceptLanguage ?? '') ?? 'en';

const fileSchema = z.record(z.string(), z.string());

/**
 * The texts of a messages file, by name.
 *
 * @throws Error when it is not a JSON object of texts: a page could not show anything else.
 */
export const parseMessages = (json: string): Record<string, string> => {
  const read = fileSchema.safeParse(JSON.parse(json));
  if (!read.success) {
    throw new Error('must map names of messages to text');
  }
  return read.data;
};

/** @param own texts that replace those of the package, from a messages file. */
export const createTranslate = (
  language: string,
  own: Readonly<Partial<Record<string, string>>> = {},
): Translate => {
  const catalog = catalogs.get(language) ?? catalogs.get(language.slice(0, 2)) ?? en;
  return (name, values = {}) => {
    const text = own[name] ?? catalog[name];
    return text.replace(/\{(\w+)\}/g, (hole, key: string) => values[key] ?? hole);
  };
};
