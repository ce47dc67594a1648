import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import ts from 'typescript';
import { floorGlobals, floorPrototypes, ownNames, serverNames } from './floor-list.ts';

/** Something that the engine's floor does not have. */
interface Finding {
  readonly what: string;
  readonly position: number;
}

const fileName = '/script.js';

/** A program of one file in which no name is known but its own. */
const checkerOf = (file: ts.SourceFile): ts.TypeChecker => {
  const options = { allowJs: true, noLib: true, noResolve: true, types: [] };
  return ts
    .createProgram([fileName], options, {
      getSourceFile: (name) => (name === fileName ? file : undefined),
      fileExists: (name) => name === fileName,
      readFile: () => undefined,
      writeFile: () => undefined,
      getDefaultLibFileName: () => '',
      getCurrentDirectory: () => '/',
      getCanonicalFileName: (name) => name,
      useCaseSensitiveFileNames: () => true,
      getNewLine: () => '\n',
    })
    .getTypeChecker();
};

const typeScriptFolder = dirname(fileURLToPath(import.meta.resolve('typescript')));

const membersDeclaredIn = (node: ts.Node): string[] => {
  const names: string[] = [];
  ts.forEachChild(node, function visit(one: ts.Node): void {
    if ((ts.isPropertySignature(one) || ts.isMethodSignature(one)) && ts.isIdentifier(one.name)) {
      names.push(one.name.text);
    }
    ts.forEachChild(one, visit);
  });
  return names;
};

/** The names of all members of all built-ins, up to the newest that TypeScript knows. */
const builtInMembers = (): Set<string> => {
  const files = readdirSync(typeScriptFolder).filter((name) => /^lib\.es.*\.d\.ts$/.test(name));
  return new Set(
    files.flatMap((name) => {
      const text = readFileSync(join(typeScriptFolder, name), 'utf8');
      return membersDeclaredIn(ts.createSourceFile(name, text, ts.ScriptTarget.Latest));
    }),
  );
};

// Patterns with more than that are read differently by different versions of the engine.
const isPlainPattern = (text: string): boolean =>
  !/\(\?<|\\[pPk]/.test(text) && /\/[gimuy]*$/.test(text);

const isRest = (element: ts.ArrayBindingElement): boolean =>
  ts.isBindingElement(element) && element.dotDotDotToken !== undefined;

/** Syntax that ES2018 has and the floor has not. */
const newSyntax = (node: ts.Node): string | undefined => {
  if (ts.isClassLike(node)) {
    return 'a class';
  }
  if (node.kind === ts.SyntaxKind.AsyncKeyword || ts.isAwaitExpression(node)) {
    return 'an async function';
  }
  if (ts.isFunctionLike(node) && 'asteriskToken' in node && node.asteriskToken !== undefined) {
    return 'a generator';
  }
  if (
    node.kind === ts.SyntaxKind.AsteriskAsteriskToken ||
    node.kind === ts.SyntaxKind.AsteriskAsteriskEqualsToken
  ) {
    return 'the operator **';
  }
  // This engine ends the whole process when a pattern like [a, b, ...rest] meets a list of one.
  if (ts.isArrayBindingPattern(node) && node.elements.some(isRest)) {
    return 'the rest of a list in a pattern';
  }
  if (ts.isRegularExpressionLiteral(node) && !isPlainPattern(node.text)) {
    return `the pattern ${node.text}`;
  }
  return undefined;
};

/** Is this identifier the value of a variable, and no name of a property or a label? */
const isVariable = (node: ts.Identifier): boolean => {
  const { parent } = node;
  if (ts.isBindingElement(parent)) {
    return parent.propertyName !== node;
  }
  if (ts.isLabeledStatement(parent) || ts.isBreakOrContinueStatement(parent)) {
    return false;
  }
  const isProperty =
    ts.isPropertyAccessExpression(parent) ||
    ts.isPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isAccessor(parent);
  return !(isProperty && parent.name === node);
};

/** The properties that a node asks a value for, and that value if it is written there. */
const propertiesOf = (node: ts.Node): [names: string[], of: ts.Node | undefined] => {
  if (ts.isPropertyAccessExpression(node)) {
    return [[node.name.text], node.expression];
  }
  if (ts.isElementAccessExpression(node) && ts.isStringLiteralLike(node.argumentExpression)) {
    return [[node.argumentExpression.text], node.expression];
  }
  if (ts.isObjectBindingPattern(node)) {
    const names = node.elements.flatMap(({ propertyName, name }) =>
      ts.isIdentifier(propertyName ?? name) ? [(propertyName ?? name).getText()] : [],
    );
    return [names, ts.isVariableDeclaration(node.parent) ? node.parent.initializer : undefined];
  }
  return [[], undefined];
};

const findingsOf = (code: string): Finding[] => {
  const file = ts.createSourceFile(fileName, code, ts.ScriptTarget.Latest, true);
  const checker = checkerOf(file);
  const allowed = new Set([...Object.values(floorPrototypes).flat(), ...ownNames]);
  const forbidden = new Set([...builtInMembers()].filter((name) => !allowed.has(name)));
  const floor = new Map(Object.entries(floorGlobals));
  const findings: Finding[] = [];

  const isFree = (node: ts.Node): node is ts.Identifier => {
    if (!ts.isIdentifier(node) || !isVariable(node)) {
      return false;
    }
    const symbol = ts.isShorthandPropertyAssignment(node.parent)
      ? checker.getShorthandAssignmentValueSymbol(node.parent)
      : checker.getSymbolAtLocation(node);
    return symbol === undefined || symbol.declarations === undefined;
  };

  /** The built-in that a node names, with the members that it may be asked for. */
  const builtInAt = (node: ts.Node | undefined): [name: string, members: readonly string[]] => {
    const members = node !== undefined && isFree(node) ? floor.get(node.text) : undefined;
    return members === undefined ? ['', []] : [node?.getText() ?? '', members];
  };

  const visit = (node: ts.Node): void => {
    const position = node.getStart();
    const syntax = newSyntax(node);
    if (syntax !== undefined) {
      findings.push({ what: syntax, position });
    }
    if (isFree(node) && !floor.has(node.text) && !serverNames.includes(node.text)) {
      findings.push({ what: node.text, position });
    }
    const [names, of] = propertiesOf(node);
    const [owner, members] = builtInAt(of);
    for (const name of names) {
      if (owner === '' ? forbidden.has(name) : !members.includes(name)) {
        findings.push({ what: `${owner}.${name}`, position });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return findings;
};

// esbuild writes a comment with the path of each module where it begins.
const sourceMarks = ['// node_modules/', '// src/', '// The libraries'];

/** Where a position of the script comes from, in words. */
const sourceAt = (code: string, position: number): string => {
  const lines = code.slice(0, position).split('\n').reverse();
  const mark = lines.find((line) => sourceMarks.some((one) => line.trim().startsWith(one)));
  const path = mark?.trim().replace('// ', '') ?? 'The wrapper';
  const [folder, scope = '', name = ''] = path.split('/');
  if (folder !== 'node_modules') {
    return path;
  }
  return `The library ${scope.startsWith('@') ? `${scope}/${name}` : scope} (${path})`;
};

const syntaxErrorOf = (code: string): Finding | undefined => {
  try {
    parse(code, { ecmaVersion: 2018, allowReturnOutsideFunction: true });
    return undefined;
  } catch (error) {
    const { message, pos: position } = error as { message: string; pos: number };
    return { what: `syntax beyond ES2018 (${message})`, position };
  }
};

/**
 * Refuses a script that asks the engine for more than the floor: syntax, names and members of built-ins.
 *
 * @param code with esbuild's comments, if the error is to name the library.
 * @throws Error with a sentence for each thing that is missing.
 */
export const requireFloor = (code: string): void => {
  const error = syntaxErrorOf(code);
  const findings = error === undefined ? findingsOf(code) : [error];
  const sentences = findings.map(
    ({ what, position }) =>
      `${sourceAt(code, position)} uses ${what}, which XSOAR's engine may not have.`,
  );
  if (sentences.length > 0) {
    throw new Error(
      `${[...new Set(sentences)].join('\n')}\nThe floor is goja of November 2021: see scripts/bundle/floor-list.ts.`,
    );
  }
};
