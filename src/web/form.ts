import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Lets the routes of this scope take forms. */
export function acceptForms(app: FastifyInstance): void {
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(String(body).replaceAll('%00', '')));
  });
}

/** The fields of a form and those of the address, in this order; a name may stand several times. */
export function fieldsOf(request: FastifyRequest): URLSearchParams {
  const { body, url } = request;
  const fields = new URLSearchParams(body instanceof URLSearchParams ? body : undefined);
  for (const [name, value] of new URLSearchParams(url.split('?').slice(1).join('?')))
    fields.append(name, value.replaceAll('\0', ''));
  return fields;
}
