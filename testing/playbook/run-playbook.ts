import { mergeContext } from '../../src/cli/context/context.ts';
import type { ServerEntry } from '../../src/hosts/xsoar/main.ts';
import { withOutputs } from './outputs.ts';
import { holds, resolveValue, type Scope } from './resolve.ts';
import { scripts } from './scripts.ts';
import type { PlaybookYml, TaskYml } from './types.ts';

type Context = Readonly<Record<string, unknown>>;

/** Runs a command as an instance of the integration would. */
export type RunCommand = (
  command: string,
  args: Readonly<Record<string, unknown>>,
) => Promise<ServerEntry>;

/** What a playbook runs in. */
export interface PlaybookWorld {
  readonly run: RunCommand;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly context?: Context;
  /** The playbooks that it may run as sub-playbooks. */
  readonly playbooks?: readonly PlaybookYml[];
  /** Whether each round of a loop starts without the context of the round before. */
  readonly freshRounds?: boolean;
  /** The instances that are set up. */
  readonly modules?: readonly { readonly brand: string; readonly state: string }[];
}

/** How a playbook ended. */
export interface PlaybookRun {
  readonly context: Context;
  /** Each step taken: from a task, by a label, to a task. */
  readonly steps: readonly string[];
  /** The name of the task that it ended at, or stopped at. */
  readonly endedAt: string;
  /** Why it stopped before its end. */
  readonly stopped?: string;
}

const activeInstance = [{ brand: 'DuoAuthAPI', state: 'active' }];

/** The name of a step, for {@link PlaybookRun.steps}. */
export const stepName = ({ name }: PlaybookYml, from: string, label: string, to: string): string =>
  `${name}: ${from} -${label}-> ${to}`;

/**
 * A small part of XSOAR's playbooks: commands with polling, the scripts `Set` and `DeleteContext`,
 * conditions, error paths, and sub-playbooks that loop in a private context. The server's waits
 * between two polls take no time here.
 */
export class PlaybookInterpreter {
  readonly #playbook: PlaybookYml;
  readonly #world: PlaybookWorld;
  readonly #inputs: Context;
  readonly #steps: string[] = [];
  #context: Context;

  constructor(playbook: PlaybookYml, world: PlaybookWorld) {
    this.#playbook = playbook;
    this.#world = world;
    this.#context = world.context ?? {};
    const defaults = playbook.inputs.map(({ key, value }) => [key, value.simple ?? '']);
    this.#inputs = { ...Object.fromEntries(defaults), ...world.inputs };
  }

  async run(): Promise<PlaybookRun> {
    const steps = this.#steps;
    let task = this.#task(this.#playbook.starttaskid);
    for (;;) {
      const outcome = await this.#perform(task);
      const [next] = task.nexttasks?.[outcome.label] ?? [];
      const context = this.#context;
      const endedAt = task.task.name;
      if (next === undefined) {
        const isEnd = task.type === 'title' && task.nexttasks === undefined;
        return isEnd
          ? { context, steps, endedAt }
          : { context, steps, endedAt, stopped: outcome.reason ?? `no way on by ${outcome.label}` };
      }
      steps.push(stepName(this.#playbook, task.id, outcome.label, next));
      task = this.#task(next);
    }
  }

  #task(id: string): TaskYml {
    const task = this.#playbook.tasks[id];
    if (task === undefined) {
      throw new Error(`${this.#playbook.name} has no task ${id}`);
    }
    return task;
  }

  get #scope(): Scope {
    const { modules = activeInstance } = this.#world;
    return { ...this.#context, inputs: this.#inputs, modules };
  }

  async #perform(task: TaskYml): Promise<{ readonly label: string; readonly reason?: string }> {
    if (task.conditions !== undefined) {
      const taken = task.conditions.find(({ condition }) => holds(condition, this.#scope));
      return { label: taken?.label ?? '#default#' };
    }
    const args: Record<string, unknown> = {};
    for (const [name, value] of Object.entries(task.scriptarguments ?? {})) {
      args[name] = resolveValue(value, this.#scope);
    }
    const { iscommand, script = '', scriptName = '', playbookName } = task.task;
    if (iscommand) {
      return this.#command(task, script.replace('DuoAuthAPI|||', ''), args);
    }
    if (playbookName !== undefined) {
      return this.#subPlaybook(task, playbookName, args);
    }
    if (scriptName !== '') {
      this.#context = scripts.get(scriptName)?.(args, this.#context) ?? this.#context;
    }
    return { label: '#none#' };
  }

  // XSOAR evaluates the exit condition in the context of the sub-playbook, after each round.
  async #subPlaybook({ loop }: TaskYml, name: string, args: Readonly<Record<string, unknown>>) {
    const { playbooks = [], freshRounds = false } = this.#world;
    const playbook = playbooks.find((one) => one.name === name);
    if (playbook === undefined) {
      throw new Error(`there is no playbook ${name}`);
    }
    const inputs = Object.fromEntries(
      Object.entries(args).map(([key, value]) => [key, String(value ?? '')]),
    );
    const { builtincondition, max } = loop ?? { builtincondition: [], max: 1 };
    let context: Context = {};
    for (let round = 1; round <= max; round += 1) {
      const world = { ...this.#world, inputs, context: freshRounds ? {} : context };
      const ended = await new PlaybookInterpreter(playbook, world).run();
      this.#steps.push(...ended.steps);
      if (ended.stopped !== undefined) {
        return { label: '#none on error#', reason: ended.stopped };
      }
      context = ended.context;
      this.#context = withOutputs(this.#context, playbook, context);
      if (holds(builtincondition, { ...context, inputs })) {
        break;
      }
    }
    return { label: '#none#' };
  }

  async #command(task: TaskYml, name: string, args: Readonly<Record<string, unknown>>) {
    let entry = await this.#world.run(name, args);
    for (;;) {
      if (entry.Type === 4) {
        const label = task.continueonerror === true ? '#error#' : '#none on error#';
        return { label, reason: entry.Contents };
      }
      this.#context = mergeContext(this.#context, entry.EntryContext);
      if (!('PollingCommand' in entry)) {
        return { label: '#none#' };
      }
      entry = await this.#world.run(entry.PollingCommand, entry.PollingArgs);
    }
  }
}
