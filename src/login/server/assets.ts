import { readFileSync } from 'node:fs';
import { extname } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { brandCss } from '../pages/brand-css.ts';
import loginCss from '../pages/login.css?raw';
import loginScript from '../pages/login-client.js?raw';
import type { BrandSettings } from '../settings/types.ts';

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
