import { renderSvg } from '../pack/render-svg.ts';
import { type PlaybookYaml, readPlaybookYaml } from './playbook-yaml.ts';

type Task = PlaybookYaml['tasks'][string];

const box = { width: 350, height: 124 };
const fontSize = 27;
const lineHeight = 32;
const halfGap = 33;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

// The slanted sides of a condition leave less room.
const wrapped = (text: string, type: string): string[] =>
  text
    .replace(new RegExp(`(.{1,${type === 'condition' ? 19 : 21}})(?: |$)`, 'g'), '$1\n')
    .trimEnd()
    .split('\n');

const placeOf = ({ view }: Task): { readonly x: number; readonly y: number } =>
  JSON.parse(view).position;

const captionOf = ({ task, loop }: Task): string => {
  if (task.playbookName !== undefined) {
    return loop === undefined ? 'sub-playbook' : `sub-playbook, up to ${loop.max} times`;
  }
  return task.iscommand ? `!${(task.script ?? '').replace('DuoAuthAPI|||', '')}` : '';
};

const styles = {
  start: { fill: '#1a3c5a', stroke: '#1a3c5a', color: 'white' },
  title: { fill: '#dfe5ea', stroke: '#8fa1ae', color: '#1b2a35' },
  condition: { fill: '#fff4d6', stroke: '#d7a422', color: '#1b2a35' },
  playbook: { fill: '#e6e0f7', stroke: '#7a5fc0', color: '#1b2a35' },
  command: { fill: '#e2f3e9', stroke: '#3c9a65', color: '#1b2a35' },
  regular: { fill: 'white', stroke: '#8fa1ae', color: '#1b2a35' },
};

const styleOf = ({ type, task }: Task) =>
  styles[task.iscommand ? 'command' : (type as keyof typeof styles)];

// The canvas marks a task that runs by itself with a bolt.
const isAutomated = ({ task }: Task): boolean => task.iscommand || task.scriptName !== undefined;

const outline = ({ type }: Task, x: number, y: number): string => {
  const { width, height } = box;
  if (type === 'condition') {
    const middle = y + height / 2;
    const [left, right] = [x + 24, x + width - 24];
    return `<path d="M${left} ${y}H${right}L${x + width} ${middle}L${right} ${y + height}H${left}L${x} ${middle}Z"`;
  }
  const radius = type === 'start' || type === 'title' ? height / 2 : 10;
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${radius}"`;
};

const node = (task: Task): string => {
  const { x, y } = placeOf(task);
  const { fill, stroke, color } = styleOf(task);
  const lines = wrapped(task.type === 'start' ? 'Playbook triggered' : task.task.name, task.type);
  const caption = captionOf(task);
  const count = lines.length + (caption === '' ? 0 : 1);
  const first = y + box.height / 2 - ((count - 1) * lineHeight) / 2 + 9;
  const text = (line: string, index: number, more: string): string =>
    `<text x="${x + box.width / 2}" y="${first + index * lineHeight}" text-anchor="middle" ${more}>${escaped(line)}</text>`;
  return [
    `${outline(task, x, y)} fill="${fill}" stroke="${stroke}" stroke-width="2.5"/>`,
    isAutomated(task)
      ? `<path d="M${x + 24} ${y + box.height - 40}l-11 15h8l-4 12 13-16h-8l6-11z" fill="${stroke}"/>`
      : '',
    ...lines.map((line, index) => text(line, index, `font-size="${fontSize}" fill="${color}"`)),
    ...(caption === '' ? [] : [text(caption, lines.length, 'font-size="22" fill="#52646f"')]),
  ].join('');
};

const readableLabel = (label: string): string =>
  ({ '#none#': '', '#default#': 'else', '#error#': 'error' })[label] ?? label;

// Several labels that lead to the same task share a line.
const linksOf = ({ nexttasks = {} }: Task): ReadonlyMap<string, readonly string[]> => {
  const links = new Map<string, string[]>();
  for (const [label, ids] of Object.entries(nexttasks)) {
    for (const id of ids) {
      links.set(id, [...(links.get(id) ?? []), readableLabel(label)]);
    }
  }
  return links;
};

// Down, across between two rows, and down: tasks stand in rows, so no line crosses one. What branches
// goes across below its task; what only goes on does so above the next, where several meet.
const link = (from: Task, to: Task, labels: readonly string[]): string => {
  const [start, end] = [placeOf(from), placeOf(to)];
  const [left, right] = [start.x + box.width / 2, end.x + box.width / 2];
  const label = labels.join(', ');
  const bend = label === '' ? end.y - halfGap : start.y + box.height + halfGap;
  const look = labels.includes('error')
    ? 'stroke="#c0392b" stroke-dasharray="9 6"'
    : 'stroke="#7b8d99"';
  return [
    `<path d="M${left} ${start.y + box.height}V${bend}H${right}V${end.y - 10}" fill="none" stroke-width="2.5" ${look}/>`,
    `<path d="M${right - 8} ${end.y - 14}h16l-8 13z" fill="#7b8d99"/>`,
    label === ''
      ? ''
      : `<text x="${right + 10}" y="${bend + (left === right ? -7 : 25)}" font-size="23" fill="#33424b" stroke="#f7f9fa" stroke-width="6" paint-order="stroke">${escaped(label)}</text>`,
  ].join('');
};

/** A playbook as XSOAR's canvas shows it: each task where `view` has it, as a PNG. */
export const playbookPicture = async (path: string): Promise<Uint8Array> => {
  const { tasks } = readPlaybookYaml(path);
  const all = Object.values(tasks);
  const places = all.map(placeOf);
  const x = Math.min(...places.map((place) => place.x)) - 30;
  const y = Math.min(...places.map((place) => place.y)) - 30;
  const width = Math.max(...places.map((place) => place.x)) - x + box.width + 30;
  const height = Math.max(...places.map((place) => place.y)) - y + box.height + 30;
  const links = all.flatMap((from) =>
    [...linksOf(from)].map(([id, labels]) => {
      const to = tasks[id];
      if (to === undefined) {
        throw new Error(`${path} has no task ${id}`);
      }
      return link(from, to, labels);
    }),
  );
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${x} ${y} ${width} ${height}" font-family="DejaVu Sans"><rect x="${x}" y="${y}" width="${width}" height="${height}" fill="#f7f9fa"/>${links.join('')}${all.map(node).join('')}</svg>`;
  return renderSvg(svg, 0.6);
};
