import type { Rule } from '../rule';

const SRC = 'apps/backend/src';
const at = (...places: string[]) => places.map((place) => `${SRC}/${place}`);

const HTTP_LAYERS = at('routes', 'controllers', 'middlewares');
/** Files right in src are where a process begins; app.ts is what the API's is made of. */
const isEntryPoint = (path: string) => /^apps\/backend\/src\/[^/]+$/.test(path) && path !== `${SRC}/app`;
/** Outside of src: tests and demo data build their own world. */
const DATABASE_USERS = ['apps/backend/test', 'prisma'];

export const BACKEND_RULES: readonly Rule[] = [
  {
    name: 'express-at-the-edge',
    why: 'HTTP ends in the controllers: Express stays in app, server, routes, controllers and middlewares.',
    from: [SRC],
    spares: [...HTTP_LAYERS, ...at('app', 'server')],
    forbids: [
      'npm:express',
      'npm:multer',
      'npm:helmet',
      'npm:cors',
      'npm:compression',
      'npm:express-rate-limit',
      'npm:pino-http',
      'npm:@bull-board/express',
    ],
  },
  {
    name: 'no-way-back-to-http',
    why: 'routes → controllers → services → adapters and db, never backwards: what is below knows nothing of HTTP.',
    from: at('services', 'adapters', 'db', 'work', 'jobs', 'realtime', 'errors', 'config'),
    forbids: HTTP_LAYERS,
  },
  {
    name: 'no-way-back-to-routes',
    why: 'routes → controllers → services, never backwards: a route names its controller, not the other way round.',
    from: at('controllers', 'middlewares'),
    forbids: at('routes'),
  },
  {
    name: 'no-way-back-to-controllers',
    why: 'Middlewares stand before the controllers and know none.',
    from: at('middlewares'),
    forbids: at('controllers'),
  },
  {
    name: 'no-way-back-to-processes',
    why: 'Services declare their jobs and events in the unit of work; jobs/ and realtime/ carry them out and know the services.',
    from: at('services', 'work', 'adapters', 'db'),
    forbids: at('jobs', 'realtime'),
  },
  {
    name: 'no-way-back-to-services',
    why: 'services → work → adapters and db, never backwards: what is below takes what it needs as an argument.',
    from: at('work', 'adapters', 'db'),
    forbids: at('services'),
  },
  {
    name: 'no-way-back-to-work',
    why: 'services → work → adapters and db, never backwards.',
    from: at('adapters', 'db'),
    forbids: at('work'),
  },
  {
    name: 'database-behind-services',
    why: 'Whoever speaks to people or pages asks a service: no Prisma and no db/ in routes, controllers, middlewares and realtime.',
    from: [...HTTP_LAYERS, ...at('realtime')],
    forbids: [...at('db'), 'npm:@prisma'],
  },
  {
    name: 'prisma-in-its-place',
    why: 'The Prisma client stays in db, services, work, container and the demo data.',
    from: ['apps', 'packages', 'prisma'],
    // The HTTP layers have a rule of their own.
    spares: [...HTTP_LAYERS, ...at('db', 'services', 'work', 'realtime', 'container'), ...DATABASE_USERS],
    forbids: [...at('db/generated'), 'npm:@prisma/client', 'npm:@prisma/adapter-mariadb'],
  },
  {
    name: 'connections-are-given',
    why: 'Only db, work, container and entry points open connections (db/client); everyone else is given one: import its type.',
    from: [SRC],
    spares: [...HTTP_LAYERS, ...at('db', 'work', 'realtime')],
    sparesTypes: true,
    forbids: ({ from, to }) => to === `${SRC}/db/client` && !isEntryPoint(from),
  },
  {
    name: 'built-in-one-place',
    why: 'Only entry points import container.ts: everything else gets what it needs through its constructor.',
    from: [SRC],
    spares: at('app', 'routes/index'),
    sparesTests: true,
    forbids: ({ from, to }) => to === `${SRC}/container` && !isEntryPoint(from),
  },
  {
    name: 'container-as-a-type',
    why: 'app.ts and routes/index.ts are given the container; they import its type alone.',
    from: at('app', 'routes/index'),
    sparesTypes: true,
    forbids: at('container'),
  },
  {
    name: 'sockets-in-realtime',
    why: 'Only realtime/ speaks socket.io: everyone else records an event.',
    from: ['apps/backend/src'],
    spares: at('realtime'),
    forbids: ['npm:socket.io', 'npm:@socket.io'],
  },
  {
    name: 'redis-behind-adapters',
    why: 'BullMQ and Redis stay in adapters, jobs and realtime: everyone else declares a job in its unit of work.',
    from: ['apps/backend/src'],
    spares: at('adapters', 'jobs', 'realtime'),
    forbids: ['npm:bullmq', 'npm:ioredis'],
  },
];
