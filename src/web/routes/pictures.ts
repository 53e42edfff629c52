import type { FastifyInstance } from 'fastify';
import { requireArticle } from '../parameters.ts';
import { pictureWidths } from '../pictures/address.ts';
import type { Pictures } from '../pictures/pictures.ts';
import { RequestError } from '../request-error.ts';
import type { Services } from '../services.ts';

const sizes: readonly string[] = Object.keys(pictureWidths);

/** `/picture/ID/small.webp`: the picture of an article, by its id, so that nobody can make this server fetch what he likes. */
export function servePictures(app: FastifyInstance, services: Services, pictures: Pictures | undefined): void {
  app.get<{ Params: { id: string; file: string } }>('/picture/:id/:file', async (request, reply) => {
    const { id, file } = request.params;
    const size = file.replace(/\.webp$/, '');
    if (!pictures || !sizes.includes(size) || size === file) throw new RequestError(404, 'There is no such picture.');
    const { image } = await requireArticle(services.db, id, false);
    const bytes = image ? await pictures.get(image.url, size as keyof typeof pictureWidths) : undefined;
    if (!bytes) throw new RequestError(404, 'The picture cannot be had from its publisher.');
    return reply.header('cache-control', 'public, max-age=604800, immutable').type('image/webp').send(bytes);
  });
}
