import { createCatalog } from './catalog.ts';
import { check } from './check.ts';
import { guardedBody } from './guarded-body.ts';
import type { ReadModel } from './model.ts';
import { parse } from './parse.ts';
import { render } from './render.ts';
import { renderError } from './render-error.ts';
import { route } from './route.ts';
import type { Wire } from './wire.ts';

/** The wire over the committed models, whose files the wiring reads. */
export function createWire(readModel: ReadModel): Wire {
  const catalog = createCatalog(readModel);
  return {
    services: catalog.names,
    service: (name) => catalog.service(name),
    operation: (service, name) => catalog.service(service)?.operation(name),
    route: (raw) => route(catalog, raw),
    parse: (routed, signed) => parse(routed, guardedBody(routed, signed)),
    check,
    render,
    renderError: (spoken, error, requestId) => renderError(spoken, error, requestId, catalog.service(spoken.service)),
  };
}
