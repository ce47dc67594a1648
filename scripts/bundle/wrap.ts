import packageJson from '../../package.json' with { type: 'json' };
import { indentNarrowly } from './indent-narrowly.ts';
import { notices } from './notices.ts';

/**
 * Make a script for XSOAR of an ES module that exports `result`. XSOAR puts its own library in front
 * and runs both as one function, so the script keeps everything to itself: no name of its own, no
 * strict mode for others, and the answer as the value returned.
 */
export const wrap = (code: string, libraries: readonly string[]): string => `/*
 * Duo Auth API for Cortex XSOAR, version ${packageJson.version}. MIT license.
 *
 * Built from the TypeScript sources of the package ${packageJson.name}; the comments name each file.
 * Descriptions of arguments and outputs are left out here: XSOAR has them from the YAML.
 * The libraries in it (${libraries.join(', ')}) are packed tightly; their licenses stand at the end.
 */
return (function () {
'use strict';

// The schema library keeps its settings on the global object and would compile its checks to code.
// Both stay in here.
var globalThis = { __zod_globalConfig: { jitless: true } };

${indentNarrowly(code).replace(/export\s*\{\s*([\w$]+)(?: as result|\s*)\s*\};?\s*$/, 'return $1;')}
})();

${notices(libraries)}
`;
