import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

/** A parameter of an instance, in XSOAR's terms. */
export interface ParameterYml {
  readonly name: string;
  readonly display?: string;
  readonly displaypassword?: string;
  readonly type: number;
  readonly required?: boolean;
  readonly defaultvalue?: string;
  readonly section?: string;
  readonly additionalinfo?: string;
  /** Whether it is not shown, or where. */
  readonly hidden?: boolean | readonly string[];
}

/** An argument of a command, in XSOAR's terms. */
export interface ArgumentYml {
  readonly name: string;
  readonly description: string;
  readonly required?: boolean;
  readonly default?: boolean;
  readonly auto?: string;
  readonly predefined?: readonly string[];
  readonly defaultValue?: string;
  readonly secret?: boolean;
  readonly hidden?: boolean;
}

/** A command, in XSOAR's terms. */
export interface CommandYml {
  readonly name: string;
  readonly description: string;
  readonly execution?: boolean;
  readonly polling?: boolean;
  readonly arguments: readonly ArgumentYml[];
  readonly outputs: readonly { contextPath: string; description: string; type: string }[];
}

/** What is read of integration.yml. */
export interface IntegrationYml {
  readonly commonfields: { readonly id: string; readonly version: number };
  readonly name: string;
  readonly display: string;
  readonly description: string;
  readonly sectionorder: readonly string[];
  readonly configuration: readonly ParameterYml[];
  readonly script: {
    readonly type: string;
    readonly script: string;
    readonly commands: readonly CommandYml[];
  };
  readonly fromversion: string;
  readonly image?: string;
  readonly detaileddescription?: string;
}

export const readIntegrationYml = (path = 'integration.yml'): IntegrationYml =>
  parse(readFileSync(path, 'utf8')) as IntegrationYml;
