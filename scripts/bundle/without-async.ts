import ts from 'typescript';
import { applyEdits, type Edit } from './apply-edits.ts';

const stub = '{ throw new Error("not asynchronous here"); }';

const isAsync = (node: ts.FunctionLikeDeclaration): ts.Modifier | undefined =>
  ts.canHaveModifiers(node)
    ? ts.getModifiers(node)?.find(({ kind }) => kind === ts.SyntaxKind.AsyncKeyword)
    : undefined;

const stubsFor = (node: ts.Node): Edit[] => {
  if (!ts.isFunctionLike(node) || !('body' in node) || node.body === undefined) {
    return [];
  }
  const asyncKeyword = isAsync(node);
  const { asteriskToken } = node;
  const marks = [asyncKeyword, asteriskToken].filter((mark) => mark !== undefined);
  if (marks.length === 0) {
    return [];
  }
  return [
    ...marks.map((mark) => ({ start: mark.getStart(), end: mark.getEnd(), text: '' })),
    { start: node.body.getStart(), end: node.body.getEnd(), text: stub },
  ];
};

const collect = (node: ts.Node): Edit[] => {
  const stubs = stubsFor(node);
  if (stubs.length > 0) {
    // What is inside goes with the body.
    return stubs;
  }
  const edits: Edit[] = [];
  ts.forEachChild(node, (child) => {
    edits.push(...collect(child));
  });
  return edits;
};

/**
 * Replace a library's async and generator functions by ones that throw. XSOAR's engine cannot even
 * parse them, and a synchronous host calls none of them.
 */
export const withoutAsync = (code: string): string => {
  const file = ts.createSourceFile('library.js', code, ts.ScriptTarget.Latest, true);
  return applyEdits(code, collect(file));
};
