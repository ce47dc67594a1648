import ts from 'typescript';
import { applyEdits, type Edit } from './apply-edits.ts';

// The helpers of a command's arguments take the description first.
const argumentHelpers = ['text', 'requiredText', 'choice', 'flag', 'wholeNumber'];

const isText = (node: ts.Node | undefined): node is ts.StringLiteralLike =>
  node !== undefined && ts.isStringLiteralLike(node);

const replace = (node: ts.Node, text: string): Edit => ({
  start: node.getStart(),
  end: node.getEnd(),
  text,
});

const editsFor = (node: ts.Node): Edit[] => {
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'description') {
    return isText(node.initializer) ? [replace(node.initializer, "''")] : [];
  }
  if (ts.isPropertyAssignment(node) && node.name.getText() === 'outputs') {
    return [replace(node.initializer, '[]')];
  }
  if (ts.isVariableDeclaration(node) && node.type?.getText() === 'readonly Output[]') {
    return node.initializer === undefined ? [] : [replace(node.initializer, '[]')];
  }
  if (ts.isCallExpression(node) && argumentHelpers.includes(node.expression.getText())) {
    const [description] = node.arguments;
    return isText(description) ? [replace(description, "''")] : [];
  }
  return [];
};

const collect = (node: ts.Node): Edit[] => {
  const own = editsFor(node);
  if (own.length > 0 && !ts.isCallExpression(node)) {
    // What is in something that goes, goes with it.
    return own;
  }
  const edits = [...own];
  ts.forEachChild(node, (child) => {
    edits.push(...collect(child));
  });
  return edits;
};

/**
 * Empty the descriptions and outputs of commands. XSOAR shows them from the YAML, so a script that the
 * server runs carries no second copy.
 */
export const withoutHelp = (code: string): string =>
  applyEdits(code, collect(ts.createSourceFile('command.ts', code, ts.ScriptTarget.Latest, true)));
