import { describe, expect, it } from 'vitest';
import { indentByTabs } from '../../../scripts/bundle/indent-by-tabs.ts';

describe('indentByTabs', () => {
  it('puts a tab for two spaces at the start of a line, and nowhere else', () => {
    expect(indentByTabs('{\n  a;\n    b("  ");\n   c;\n}')).toBe('{\n\ta;\n\t\tb("  ");\n\t c;\n}');
  });

  it('refuses code whose text it would change', () => {
    expect(() => indentByTabs('a(`x\n  y`);')).toThrow(/template/);
  });
});
