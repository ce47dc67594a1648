import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { initWasm, Resvg } from '@resvg/resvg-wasm';

const require = createRequire(import.meta.url);

let ready: Promise<Uint8Array[]> | undefined;

// The renderer sees no fonts of the machine, so that a picture is the same on all of them.
const prepare = async (): Promise<Uint8Array[]> => {
  await initWasm(await readFile(require.resolve('@resvg/resvg-wasm/index_bg.wasm')));
  return [await readFile(require.resolve('dejavu-fonts-ttf/ttf/DejaVuSans.ttf'))];
};

/** Turn a drawing into a picture of its own size, times `scale`. */
export const renderSvg = async (svg: string, scale = 1): Promise<Uint8Array> => {
  ready ??= prepare();
  const fontBuffers = await ready;
  const renderer = new Resvg(svg, {
    font: { fontBuffers, defaultFontFamily: 'DejaVu Sans', sansSerifFamily: 'DejaVu Sans' },
    fitTo: { mode: 'zoom', value: scale },
  });
  return renderer.render().asPng();
};
