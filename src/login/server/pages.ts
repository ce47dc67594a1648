import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { layout, type Page, type PageFrame } from '../pages/layout.ts';
import loginCss from '../pages/login.css?raw';
import loginScript from '../pages/login-client.js?raw';
import type { BrandSettings } from '../settings/settings.ts';

/** Answer with a page. Pages of a login are never kept by a cache or the back button. */
export const replyWithPage = (
  reply: FastifyReply,
  frame: PageFrame,
  page: Page,
  status = 200,
): FastifyReply =>
  reply
    .code(status)
    .type('text/html; charset=utf-8')
    .headers({
      'Cache-Control': 'no-store',
      'Content-Language': frame.language,
      Vary: 'Accept-Language',
    })
    .send(layout(frame, page).toString());

/** See another page: with GET, whatever this request was. */
export const seeOther = (reply: FastifyReply, location: string): FastifyReply =>
  reply.header('Cache-Control', 'no-store').redirect(location, 303);

// Relative luminance and contrast as WCAG 2 defines them.
const channel = (value: number): number => {
  const share = value / 255;
  return share <= 0.040_45 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
};

const luminance = (color: string): number => {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) =>
    channel(Number.parseInt(color.slice(at, at + 2), 16)),
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
};

/** Black or white, whichever can be read on the color. */
export const readableOn = (color: string): '#000000' | '#ffffff' =>
  1.05 / (luminance(color) + 0.05) >= (luminance(color) + 0.05) / 0.05 ? '#ffffff' : '#000000';

/** The brand's color for the style sheet. @param color `#rrggbb`, checked before. */
export const brandCss = (color: string): string =>
  `:root { --brand: ${color}; --on-brand: ${readableOn(color)}; }\n`;

const pictureTypes: ReadonlyMap<string, string> = new Map([
  ['.png', 'image/png'],
  ['.svg', 'image/svg+xml'],
  ['.jpg', 'image/jpeg'],
  ['.jpeg', 'image/jpeg'],
  ['.webp', 'image/webp'],
]);

/** The files of the pages, from this package and from the brand. */
export const registerAssets = (app: FastifyInstance, base: string, brand: BrandSettings): void => {
  const serve = (name: string, type: string, content: string | Buffer): void => {
    app.get(`${base}/assets/${name}`, async (_request, reply) =>
      reply.type(type).header('Cache-Control', 'public, max-age=300').send(content),
    );
  };
  serve('login.css', 'text/css; charset=utf-8', loginCss);
  serve('login.js', 'text/javascript; charset=utf-8', loginScript);
  serve('brand.css', 'text/css; charset=utf-8', brandCss(brand.color));
  if (brand.logoFile !== undefined) {
    const type = pictureTypes.get(extname(brand.logoFile).toLowerCase());
    serve('logo', type ?? 'application/octet-stream', readFileSync(brand.logoFile));
  }
};
