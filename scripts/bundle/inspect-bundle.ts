import { parse } from 'acorn';
import ts from 'typescript';

const fileName = 'bundle.js';

const options: ts.CompilerOptions = {
  allowJs: true,
  checkJs: true,
  noEmit: true,
  lib: ['lib.es2017.d.ts'],
  target: ts.ScriptTarget.ES2017,
  types: [],
};

const program = (code: string): ts.Program => {
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, languageVersion) =>
    name === fileName
      ? ts.createSourceFile(name, code, languageVersion, true)
      : getSourceFile(name, languageVersion);
  return ts.createProgram([fileName], options, host);
};

const textOf = (message: string | ts.DiagnosticMessageChain): string =>
  typeof message === 'string' ? message : message.messageText;

/** The names that a script takes from outside and that ES2017 does not define, in order. */
export const freeNames = (code: string): string[] => {
  // The server puts a function around a script, which makes its `return` legal.
  const checked = program(`(function () {\n${code}\n})();`);
  const names = checked
    .getSemanticDiagnostics(checked.getSourceFile(fileName))
    .map(
      ({ messageText }) =>
        /(?:^Cannot find name|shorthand property) '([^']+)'/.exec(textOf(messageText))?.[1],
    )
    .filter((name) => name !== undefined);
  return [...new Set(names)].sort();
};

/**
 * Is the script within ES2017, and within the part of it that XSOAR's engine knows?
 *
 * @throws SyntaxError where it is not.
 */
export const requireOldSyntax = (code: string): void => {
  parse(code, { ecmaVersion: 2017, allowReturnOutsideFunction: true });
  const visit = (node: ts.Node): void => {
    if (isTooNew(node)) {
      throw new SyntaxError(`${ts.SyntaxKind[node.kind]} at ${node.getStart()}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true));
};

const isTooNew = (node: ts.Node): boolean =>
  ts.isAwaitExpression(node) ||
  ts.isYieldExpression(node) ||
  node.kind === ts.SyntaxKind.AsyncKeyword ||
  (ts.isFunctionLike(node) && 'asteriskToken' in node && node.asteriskToken !== undefined) ||
  (ts.isRegularExpressionLiteral(node) && isTooNewPattern(node.text));

// Look-behind, named groups, property classes; and the flags beyond g, i and m.
const isTooNewPattern = (text: string): boolean =>
  /\(\?<|\\p\{/.test(text) || /\/[a-z]*[^gim/][a-z]*$/.test(text);
