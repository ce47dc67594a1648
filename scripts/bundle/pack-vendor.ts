/** One module of a bundle: its path, and its code up to the next. */
interface Section {
  readonly path: string;
  readonly code: string;
}

// esbuild writes a comment with the module's path where each module begins.
const moduleMark = /^\/\/ ((?:node_modules|src)\/.*)$/m;

const sectionsOf = (bundle: string): [helpers: string, sections: Section[]] => {
  const [helpers = '', ...parts] = bundle.split(moduleMark);
  const sections: Section[] = [];
  for (let index = 0; index < parts.length; index += 2) {
    sections.push({ path: parts[index] ?? '', code: parts[index + 1] ?? '' });
  }
  return [helpers, sections];
};

const isLibrary = ({ path }: Section): boolean => path.startsWith('node_modules/');

/** The names of the packages that are in a bundle. */
export const librariesIn = (bundle: string): string[] => {
  const [, sections] = sectionsOf(bundle);
  const names = sections
    .map(({ path }) => /^node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
    .filter((name) => name !== undefined);
  return [...new Set(names)].sort();
};

const declaration = /^(?:var|let|const|function|class) ([\w$]+)/gm;

const declaredIn = (code: string): string[] =>
  [...code.matchAll(declaration)].map(([, name = '']) => name);

const wordsIn = (code: string): Set<string> => new Set(code.match(/[\w$]+/g));

/** The helpers that esbuild put in front, less those that the code does without. */
const neededHelpers = (helpers: string, code: string): string => {
  const statements = helpers.split(/^(?=var )/m);
  const needed = statements.reduceRight((after, statement) => {
    const [name = ''] = declaredIn(statement);
    // A helper needs only what is before it, so one pass from the end finds them all.
    return wordsIn(code + after).has(name) ? statement + after : after;
  }, '');
  return needed === '' ? '' : `// What the compiler adds for newer syntax.\n${needed}`;
};

/** Turn `export { a as one, two };` at the end of a module into `return { one: a, two };`. */
const returnExports = (code: string): string =>
  code.replace(
    /export\s*\{([^}]*)\};?\s*$/,
    (_match, list: string) => `return {${list.replace(/([\w$]+) as ([\w$]+)/g, '$2:$1')}};`,
  );

/**
 * Pack the libraries in a bundle tightly, in front and apart from our own code, so that an
 * administrator who reviews the bundle finds what there is to review.
 *
 * @param bundle one ES module, in which no library needs our code.
 * @param pack shortens an ES module without touching what it exports.
 */
export const packVendor = async (
  bundle: string,
  pack: (code: string) => Promise<string>,
): Promise<string> => {
  const [helpers, sections] = sectionsOf(bundle);
  const libraries = sections
    .filter(isLibrary)
    .map(({ code }) => code)
    .join('');
  const ours = sections
    .filter((section) => !isLibrary(section))
    .map(({ path, code }) => `// ${path}${code}`)
    .join('');
  const words = wordsIn(ours);
  const names = declaredIn(libraries).filter((name) => words.has(name));
  const packed = await pack(`${helpers}${libraries}export { ${names.join(', ')} };`);
  return [
    `// The libraries.\nvar { ${names.join(', ')} } = (() => {\n${returnExports(packed)}\n})();\n`,
    neededHelpers(helpers, ours),
    ours,
  ].join('\n');
};
