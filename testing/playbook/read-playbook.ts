import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { stepName } from './run-playbook.ts';
import type { PlaybookYml } from './types.ts';

// XSOAR reads YAML 1.1, where a bare yes is a boolean.
export const readPlaybook = (path: string): PlaybookYml =>
  parse(readFileSync(path, 'utf8'), { version: '1.1' }) as PlaybookYml;

/** Every step that the graph allows. */
export const allSteps = (playbook: PlaybookYml): string[] =>
  Object.values(playbook.tasks).flatMap(({ id, nexttasks = {} }) =>
    Object.entries(nexttasks).flatMap(([label, ids]) =>
      ids.map((to) => stepName(playbook, id, label, to)),
    ),
  );
