import { readFileSync } from 'node:fs';
import { freeNames, requireOldSyntax } from './bundle/inspect-bundle.ts';

/** What the server's scope gives a script; nothing else may be asked of it. */
const given = ['args', 'command', 'demistoVersion', 'http', 'logDebug', 'params', 'wait'];

const limitBytes = 160 * 1024;

const path = 'dist/xsoar/DuoAuthAPI.js';
const code = readFileSync(path, 'utf8');

requireOldSyntax(code);

const missingNames = freeNames(code).filter((name) => !given.includes(name));
if (missingNames.length > 0) {
  throw new Error(
    `${path} asks for ${missingNames.join(', ')}, which XSOAR's engine does not have`,
  );
}
const size = Buffer.byteLength(code);
if (size > limitBytes) {
  throw new Error(`${path} has ${size} bytes, more than the ${limitBytes} allowed`);
}
