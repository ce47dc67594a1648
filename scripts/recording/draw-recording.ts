import { type Run, readLine } from './terminal-screen.ts';

/** The screen at a moment, as tmux captures it. */
export interface Frame {
  readonly atMs: number;
  readonly lines: readonly string[];
  /** Where the cursor is, when it is shown. */
  readonly cursor: { readonly row: number; readonly column: number } | undefined;
}

/** The phone from a moment on, in both color schemes, as data URLs. */
export interface PhonePicture {
  readonly atMs: number;
  readonly light: string;
  readonly dark: string;
}

/** What was recorded. */
export interface Recording {
  readonly columns: number;
  readonly rows: number;
  readonly frames: readonly Frame[];
  readonly pictures: readonly PhonePicture[];
  readonly endMs: number;
}

/** Something that is to be seen for a while. */
interface Shown {
  readonly content: string;
  readonly fromMs: number;
  readonly toMs: number;
}

const cell = { width: 8.4, height: 19 };
const margin = 14;
const bar = 30;
const phone = { width: 368, height: 652, radius: 48 };

const escapeXml = (text: string): string =>
  text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`);

const round = (value: number): number => Math.round(value * 100) / 100;

const drawRun = ({ column, text, style }: Run, row: number): string => {
  const x = round(margin + column * cell.width);
  const y = bar + margin + row * cell.height;
  const width = round([...text].length * cell.width);
  const ground = style.split(' ').includes('r')
    ? `<rect x="${x}" y="${y}" width="${width}" height="${cell.height}" class="g"/>`
    : '';
  // The length is given, so that every font keeps the columns.
  return `${ground}<text x="${x}" y="${y + 14}" textLength="${width}"${style && ` class="${style}"`}>${escapeXml(text)}</text>`;
};

const drawLine = (line: string, row: number): string =>
  readLine(line)
    .map((run) => drawRun(run, row))
    .join('');

const drawCursor = ({ row, column }: NonNullable<Frame['cursor']>): string =>
  `<rect x="${round(margin + column * cell.width)}" y="${bar + margin + row * cell.height + 1}" width="${cell.width}" height="${cell.height - 2}" class="cursor"/>`;

/** What is drawn at a place over time: equal neighbors are one. */
const spans = (
  steps: readonly (readonly [atMs: number, content: string])[],
  endMs: number,
): Shown[] => {
  const changes = steps.filter(([, content], index) => content !== steps[index - 1]?.[1]);
  return changes.map(([fromMs, content], index) => ({
    content,
    fromMs,
    toMs: changes[index + 1]?.[0] ?? endMs,
  }));
};

const style = `
svg{--ground:#fff;--ink:#1f2328;--dim:#59636e;--bar:#eaeef2;--edge:#d1d9e0;--f1:#cf222e;--f2:#116329;--f3:#7d4e00;--f4:#0550ae;--f5:#6639ba;--f6:#1b5e6b}
@media (prefers-color-scheme:dark){svg{--ground:#0d1117;--ink:#e6edf3;--dim:#9198a1;--bar:#161b22;--edge:#30363d;--f1:#ff7b72;--f2:#56d364;--f3:#e3b341;--f4:#79c0ff;--f5:#d2a8ff;--f6:#76e3ea}.light{display:none}}
@media not (prefers-color-scheme:dark){.dark{display:none}}
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;fill:var(--ink);white-space:pre}
.window{fill:var(--ground);stroke:var(--edge)}.bar{fill:var(--bar)}.cursor{fill:var(--ink);opacity:.55}.g{fill:var(--ink)}
.b{font-weight:700}.d,.f8{fill:var(--dim)}.u{text-decoration:underline}.f1,.f9{fill:var(--f1)}.f2,.f10{fill:var(--f2)}.f3,.f11{fill:var(--f3)}.f4,.f12{fill:var(--f4)}.f5,.f13{fill:var(--f5)}.f6,.f14{fill:var(--f6)}.r{fill:var(--ground)}
.s{visibility:hidden;animation:1s step-end infinite}.last{visibility:visible}
@media (prefers-reduced-motion:reduce){.s{animation:none!important}}`;

/** A recording as one SVG that plays by itself, in the reader's color scheme, and ends where it began. */
export const drawRecording = ({ columns, rows, frames, pictures, endMs }: Recording): string => {
  const terminal = {
    width: Math.ceil(columns * cell.width + 2 * margin),
    height: Math.ceil(bar + rows * cell.height + 2 * margin),
  };
  const phoneWidth = Math.round((terminal.height * phone.width) / phone.height);
  const phoneX = terminal.width + 2 * margin;
  const width = phoneX + phoneWidth + 1;

  const picture = (part: PhonePicture): string =>
    (['light', 'dark'] as const)
      .map(
        (scheme) =>
          `<image class="${scheme}" x="${phoneX}" y="1" width="${phoneWidth}" height="${terminal.height}" clip-path="url(#phone)" href="${part[scheme]}"/>`,
      )
      .join('');
  const shown = [
    ...Array.from({ length: rows }, (_, row) =>
      spans(
        frames.map(({ atMs, lines }) => [atMs, drawLine(lines[row] ?? '', row)]),
        endMs,
      ),
    ).flat(),
    ...spans(
      frames.map(({ atMs, cursor }) => [atMs, cursor === undefined ? '' : drawCursor(cursor)]),
      endMs,
    ),
    ...spans(
      pictures.map((part) => [part.atMs, picture(part)]),
      endMs,
    ),
  ].filter(({ content }) => content !== '');

  const percent = (ms: number): string => `${round((ms / endMs) * 100)}%`;
  const names = new Map<string, string>();
  const keyframes: string[] = [];
  const nameOf = ({ fromMs, toMs }: Shown): string => {
    const steps = [
      ...(fromMs > 0 ? ['0%{visibility:hidden}'] : []),
      `${percent(fromMs)}{visibility:visible}`,
      `${toMs < endMs ? percent(toMs) : '100%'}{visibility:${toMs < endMs ? 'hidden' : 'visible'}}`,
    ].join('');
    const name = names.get(steps) ?? `k${names.size}`;
    if (!names.has(steps)) {
      names.set(steps, name);
      keyframes.push(`@keyframes ${name}{${steps}}`);
    }
    return name;
  };
  const groups = shown.map((part) => {
    const isLast = part.toMs === endMs ? ' last' : '';
    return `<g class="s${isLast}" style="animation-name:${nameOf(part)}">${part.content}</g>`;
  });
  const seconds = round(endMs / 1000);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${terminal.height + 2}" viewBox="0 0 ${width} ${terminal.height + 2}" role="img" aria-label="A war room asks for a push, the phone beside it shows the push, and the answer arrives once it is approved">
<style>${style}
.s{animation-duration:${seconds}s}
${keyframes.join('\n')}</style>
<clipPath id="phone"><rect x="${phoneX}" y="1" width="${phoneWidth}" height="${terminal.height}" rx="${round((phone.radius * terminal.height) / phone.height)}"/></clipPath>
<rect x="1" y="1" width="${terminal.width}" height="${terminal.height}" rx="10" class="window"/>
<path d="M1 ${bar}V11a10 10 0 0 1 10-10H${terminal.width - 9}a10 10 0 0 1 10 10V${bar}z" class="bar"/>
<text x="${margin}" y="20" class="d">npm start</text>
${groups.join('\n')}
</svg>
`;
};
