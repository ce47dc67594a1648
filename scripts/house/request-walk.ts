import { readFileSync } from 'node:fs';

/** One arrow of the diagram: a file that hands the request to the next. */
export interface Arrow {
  readonly from: string;
  readonly to: string;
  /** The words on the arrow. */
  readonly label: string;
}

/** The walk of one request, as the diagram in CONTRIBUTING.md draws it. */
export interface Walk {
  readonly files: readonly string[];
  readonly steps: readonly Arrow[];
}

const nodePattern = /^\s*(\w+)\["(src\/[^"]+\.ts)"\]/gm;
const arrowPattern = /^\s*(\w+) --"?([^"\n>]*)"?-->\s*(\w+)\s*$/gm;

/** Reads the first Mermaid diagram of a document: nodes are files, arrows are imports. */
export const readRequestWalk = (document = 'CONTRIBUTING.md'): Walk => {
  const diagram = /```mermaid\n(.*?)```/s.exec(readFileSync(document, 'utf8'))?.[1] ?? '';
  const names = new Map([...diagram.matchAll(nodePattern)].map(([, id, path]) => [id, path]));
  const nameOf = (id: string | undefined): string => {
    const path = names.get(id);
    if (path === undefined) {
      throw new Error(`${document}: the diagram has an arrow to ${id}, which is no file.`);
    }
    return path;
  };
  const steps = [...diagram.matchAll(arrowPattern)].map(([, from, label = '', to]) => ({
    from: nameOf(from),
    to: nameOf(to),
    label: label.trim(),
  }));
  return { files: [...names.values()].flatMap((path) => path ?? []), steps };
};
