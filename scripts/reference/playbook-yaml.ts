import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** What documentation and picture read of a playbook. */
export interface PlaybookYaml {
  readonly name: string;
  readonly description: string;
  readonly tasks: Readonly<
    Record<
      string,
      {
        readonly id: string;
        readonly type: string;
        readonly task: {
          readonly name: string;
          readonly iscommand: boolean;
          readonly script?: string;
          readonly scriptName?: string;
          readonly playbookName?: string;
        };
        readonly loop?: { readonly max: number };
        /** Where the task is on the canvas, as JSON. */
        readonly view: string;
        readonly nexttasks?: Readonly<Record<string, readonly string[]>>;
      }
    >
  >;
  readonly inputs: readonly {
    readonly key: string;
    readonly value: { readonly simple?: string };
    readonly required: boolean;
    readonly description: string;
  }[];
  readonly outputs: readonly {
    readonly contextPath: string;
    readonly description: string;
    readonly type: string;
  }[];
}

// XSOAR reads YAML 1.1, where a bare yes is a boolean.
export const readPlaybookYaml = (path: string): PlaybookYaml =>
  parse(readFileSync(path, 'utf8'), { version: '1.1' }) as PlaybookYaml;
