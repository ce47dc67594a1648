/** A value in a playbook: text with `${paths}`, or a look-up with filters. */
export interface ValueYml {
  readonly simple?: string;
  readonly complex?: {
    readonly root: string;
    readonly accessor?: string;
    readonly filters?: readonly (readonly ComparisonYml[])[];
    readonly transformers?: readonly { readonly operator: string }[];
  };
}

/** `operator` between what is on the left and what is on the right. */
export interface ComparisonYml {
  readonly operator: string;
  readonly left: { readonly value: ValueYml; readonly iscontext?: boolean };
  readonly right?: { readonly value: ValueYml; readonly iscontext?: boolean };
}

/** A task, as far as the interpreter reads it. */
export interface TaskYml {
  readonly id: string;
  readonly taskid: string;
  readonly type: string;
  readonly task: {
    readonly id: string;
    readonly name: string;
    readonly iscommand: boolean;
    readonly script?: string;
    readonly scriptName?: string;
    readonly playbookName?: string;
  };
  readonly nexttasks?: Readonly<Record<string, readonly string[]>>;
  readonly scriptarguments?: Readonly<Record<string, ValueYml>>;
  readonly conditions?: readonly {
    readonly label: string;
    readonly condition: readonly (readonly ComparisonYml[])[];
  }[];
  readonly continueonerror?: boolean;
  /** When a sub-playbook has run often enough. */
  readonly loop?: {
    readonly builtincondition: readonly (readonly ComparisonYml[])[];
    readonly max: number;
  };
}

/** A playbook, as far as the interpreter reads it. */
export interface PlaybookYml {
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly starttaskid: string;
  readonly tasks: Readonly<Record<string, TaskYml>>;
  readonly inputs: readonly {
    readonly key: string;
    readonly value: ValueYml;
    readonly required: boolean;
    readonly description: string;
  }[];
  readonly outputs: readonly {
    readonly contextPath: string;
    readonly description: string;
    readonly type?: string;
  }[];
}
