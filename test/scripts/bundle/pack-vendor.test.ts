import { describe, expect, it } from 'vitest';
import { librariesIn, packVendor } from '../../../scripts/bundle/pack-vendor.ts';

const bundle = `var __needed = Object.keys;
var __unneeded = Object.values;

// node_modules/first/index.js
var shared = (value) => __unneeded(value);
function hidden() {}

// src/duo/one.ts
var one = shared(1);

// node_modules/@scope/second/index.js
var other = shared;

// src/duo/two.ts
var two = __needed(other(one));
export {
  two
};
`;

const packed = () => packVendor(bundle, async (code) => code.trim());

/** Run the packed module; its export becomes the value returned. */
const run = (code: string): unknown =>
  new Function(`${code.replace(/export \{\s*(\w+)\s*\};/, 'return $1;')}`)();

describe('packVendor', () => {
  it('puts the libraries in front and names only what our code uses of them', async () => {
    expect(await packed()).toMatch(/^\/\/ The libraries\.\nvar \{ shared, other \} = \(\(\) => \{/);
  });

  it('keeps our modules in their order, each under its path', async () => {
    const marks = (await packed()).match(/^\/\/ src\/.*$/gm);
    expect(marks).toEqual(['// src/duo/one.ts', '// src/duo/two.ts']);
  });

  it('keeps the helpers that our code needs, and no other', async () => {
    const [, ours] = (await packed()).split('What the compiler adds');
    expect(ours).toContain('var __needed');
    expect(ours).not.toContain('var __unneeded');
  });

  it('computes what the bundle computed', async () => {
    const whole = bundle.replace('shared(1)', "shared({ a: 'b' })");
    const result = run(await packVendor(whole, async (code) => code));
    expect(result).toEqual(run(whole));
    expect(result).toEqual(['0']);
  });
});

describe('librariesIn', () => {
  it('names each package once, scopes included', () => {
    expect(librariesIn(bundle)).toEqual(['@scope/second', 'first']);
  });
});
