import type { FastifyInstance } from 'fastify';
import { acceptForms } from '../../form.ts';
import { operatorGuard } from '../../operator-guard.ts';
import type { Services } from '../../services.ts';
import { serveActions } from './actions.ts';
import { serveEdit } from './edit.ts';
import { serveLive } from './live.ts';
import { serveAdminPages } from './pages.ts';
import { serveTry } from './try.ts';

/** The operator's pages and what can be done there. */
export async function serveAdmin(app: FastifyInstance, services: Services): Promise<void> {
  await app.register(async (scope) => {
    acceptForms(scope);
    scope.addHook('onRequest', operatorGuard(services));
    // Pages hear of changes from here: the policy of all other pages lets none ask for anything.
    scope.addHook('onRoute', (route) => {
      route.config = { ...route.config, helmet: { contentSecurityPolicy: { useDefaults: false, directives: policy } } };
    });
    serveAdminPages(scope, services);
    serveActions(scope, services);
    serveEdit(scope, services);
    serveTry(scope, services);
    serveLive(scope, services);
  });
}

const self = ["'self'"];
const policy = {
  defaultSrc: ["'none'"],
  styleSrc: self,
  scriptSrc: self,
  imgSrc: self,
  connectSrc: self,
  formAction: self,
  baseUri: ["'none'"],
  frameAncestors: ["'none'"],
};
