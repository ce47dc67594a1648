import { describe, expect, it } from 'vitest';
import { withoutHelp } from '../../../scripts/bundle/without-help.ts';

describe('withoutHelp', () => {
  it.each([
    ["text('Who.', { secret: true })", "text('', { secret: true })"],
    ["choice('How.', factors, 'auto')", "choice('', factors, 'auto')"],
    ["({ name: 'a', description: 'What.' })", "({ name: 'a', description: '' })"],
    ["({ outputs: [stringOutput('A', 'b')], plan })", '({ outputs: [], plan })'],
    ["const a: readonly Output[] = [stringOutput('A', 'b')];", 'const a: readonly Output[] = [];'],
    ["other('Text.')", "other('Text.')"],
    ['({ description, outputs() {} })', '({ description, outputs() {} })'],
  ])('%s', (code, without) => {
    expect(withoutHelp(code)).toBe(without);
  });
});
