import { describe, expect, it } from 'vitest';
import { indentNarrowly } from '../../../scripts/bundle/indent-narrowly.ts';

describe('indentNarrowly', () => {
  it('puts one space for two at the start of a line, and nowhere else', () => {
    expect(indentNarrowly('{\n  a;\n    b("  ");\n   c;\n}')).toBe('{\n a;\n  b("  ");\n  c;\n}');
  });

  it('refuses code whose text it would change', () => {
    expect(() => indentNarrowly('a(`x\n  y`);')).toThrow(/template/);
  });
});
