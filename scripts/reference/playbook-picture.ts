import { instance } from '@viz-js/viz';
import { renderSvg } from '../pack/render-svg.ts';
import { type PlaybookYaml, readPlaybookYaml } from './playbook-yaml.ts';

type Task = PlaybookYaml['tasks'][string];

const lineLength = 24;

const wrapped = (text: string): string =>
  text.replace(new RegExp(`(.{1,${lineLength}})(?: |$)`, 'g'), '$1\n').trimEnd();

const labelOf = ({ task }: Task): string => {
  const command = task.iscommand ? `\n!${task.script?.replace('|||', '')}` : '';
  return wrapped(task.name) + command;
};

const looks = (task: Task) => {
  const { type } = task;
  if (type === 'start') {
    return { label: 'Start', shape: 'circle', fillcolor: '#1b3a4b', fontcolor: 'white' };
  }
  const label = labelOf(task);
  if (type === 'condition') {
    return { label, shape: 'diamond', fillcolor: '#fdf3d8', margin: '0.02,0.02' };
  }
  if (type === 'title') {
    return { label, shape: 'box', fillcolor: '#1b3a4b', fontcolor: 'white' };
  }
  return { label, shape: 'box', fillcolor: task.task.iscommand ? '#dff1e6' : '#eef2f4' };
};

const readableLabel = (label: string): string =>
  ({ '#none#': '', '#default#': 'else', '#error#': 'failed' })[label] ?? label;

/** A playbook's graph as a picture. */
export const playbookPicture = async (path: string): Promise<Uint8Array> => {
  const tasks = Object.values(readPlaybookYaml(path).tasks);
  const viz = await instance();
  const font = { fontname: 'DejaVu Sans', fontsize: 11 };
  const svg = viz.renderString(
    {
      directed: true,
      graphAttributes: { nodesep: 0.35, ranksep: 0.45, bgcolor: 'white', pad: 0.3 },
      nodeAttributes: { ...font, style: 'filled', color: '#5b7382' },
      edgeAttributes: { ...font, color: '#5b7382', fontcolor: '#33424b' },
      nodes: tasks.map((task) => ({ name: task.id, attributes: looks(task) })),
      edges: tasks.flatMap(({ id, nexttasks = {} }) =>
        Object.entries(nexttasks).flatMap(([label, to]) =>
          to.map((head) => ({
            tail: id,
            head,
            attributes: {
              label: readableLabel(label),
              ...(label === '#error#' && { style: 'dashed' }),
            },
          })),
        ),
      ),
    },
    { format: 'svg' },
  );
  return renderSvg(svg, 0.75);
};
