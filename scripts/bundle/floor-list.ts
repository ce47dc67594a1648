// What the script may ask of the engine: of what goja of November 2021 has, the part that the script
// needs. A suite runs this list in every goja that the script is held to.

/** Names of the global scope, and the members that they may be asked for themselves. */
export const floorGlobals: Readonly<Record<string, readonly string[]>> = {
  Array: ['isArray', 'prototype'],
  Date: ['UTC', 'now'],
  Error: [],
  Function: ['prototype'],
  JSON: ['parse', 'stringify'],
  Map: [],
  Math: ['abs', 'ceil', 'floor', 'max', 'min', 'pow', 'random', 'round'],
  Number: ['isFinite', 'isSafeInteger', 'parseInt'],
  Object: [
    ...['assign', 'create', 'defineProperty', 'entries', 'freeze', 'getOwnPropertyDescriptor'],
    ...['getOwnPropertyNames', 'getPrototypeOf', 'keys', 'prototype', 'setPrototypeOf', 'values'],
  ],
  Set: [],
  String: ['fromCharCode'],
  Symbol: ['for'],
  TypeError: [],
  Uint32Array: [],
  Uint8Array: ['prototype'],
  WeakMap: [],
  arguments: ['length'],
  decodeURIComponent: [],
  encodeURIComponent: [],
  parseInt: [],
};

/** Members of values, by the built-in whose prototype has them. */
export const floorPrototypes: Readonly<Record<string, readonly string[]>> = {
  Array: [
    ...['concat', 'every', 'filter', 'find', 'forEach', 'includes', 'indexOf', 'join', 'length'],
    ...['map', 'push', 'slice', 'some', 'sort'],
  ],
  Date: ['getTime', 'toISOString', 'toUTCString'],
  Error: ['message', 'name'],
  Function: ['apply', 'bind', 'call'],
  Map: ['get', 'has', 'keys', 'set', 'values'],
  Object: ['constructor', 'hasOwnProperty', 'toString'],
  RegExp: ['exec', 'test'],
  Set: ['add'],
  String: [
    ...['charCodeAt', 'match', 'replace', 'split', 'startsWith', 'substring', 'toLowerCase'],
    ...['toUpperCase', 'trim'],
  ],
  Uint8Array: ['subarray'],
};

/** Properties of our own and of the libraries' objects that happen to be called like a built-in's. */
export const ownNames: readonly string[] = [
  ...['arguments', 'async', 'code', 'done', 'enumerable', 'error', 'input', 'link', 'next', 'now'],
  ...['parse', 'prototype', 'proxy', 'random', 'raw', 'reason', 'status', 'toArray', 'toJSON'],
  ...['type', 'value', 'wait'],
];

/** What the server gives a script. */
export const serverNames: readonly string[] = [
  ...['args', 'command', 'demistoVersion', 'http', 'logDebug', 'params', 'wait'],
];
