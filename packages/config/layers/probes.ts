/** A small file that imports something it may not, or something that looks like it and is fine. */
export interface Probe {
  readonly file: string;
  readonly source: string;
}

interface Probes {
  /** Each breaks this rule and no other. */
  readonly broken: readonly Probe[];
  /** Breaks none. */
  readonly kept: readonly Probe[];
}

const probe = (file: string, source: string): Probe => ({ file, source });
const api = (file: string, source: string) => probe(`apps/backend/src/${file}`, source);
const web = (file: string, source: string) => probe(`apps/frontend/src/${file}`, source);
const pkg = (file: string, source: string) => probe(`packages/${file}`, source);

const PACKAGES: Record<string, Probes> = {
  'contracts-alone': {
    broken: [
      pkg('contracts/src/calls/p1.ts', `import { v7 } from 'uuid';`),
      pkg('contracts/src/calls/p2.ts', `import { createHash } from 'node:crypto';`),
      pkg('contracts/src/core/p3.ts', `export type { Phone } from '@outdial/telephony';`),
    ],
    kept: [
      pkg('contracts/src/calls/p4.ts', `import { z } from 'zod'; import '../core/common';`),
      pkg('contracts/src/calls/p5.test.ts', `import { expect } from 'vitest';`),
    ],
  },
  'jssip-in-call': {
    broken: [
      pkg('telephony/src/dialer/p1.ts', `import { UA } from 'jssip';`),
      web('lib/p2.ts', `import type { UA } from 'jssip/lib/UA';`),
      api('routes/p3.ts', `export { UA } from 'jssip';`),
    ],
    kept: [pkg('telephony/src/call/p4.ts', `import { UA } from 'jssip';`)],
  },
  'telephony-without-react': {
    broken: [pkg('telephony/src/p1.ts', `import { useEffect } from 'react';`)],
    kept: [pkg('telephony/src/p2.ts', `import { openDB } from 'idb';`)],
  },
  'packages-below-apps': {
    broken: [pkg('stack/src/p1.ts', `await import('../../../apps/backend/src/config/env');`)],
    kept: [pkg('stack/src/p2.ts', `import '@outdial/sheets';`)],
  },
  'apps-apart': {
    broken: [
      web('lib/p3.ts', `import type { Env } from '../../../backend/src/config/env';`),
      probe('apps/agentic/src/p1.ts', `import '@outdial/backend/src/config/env';`),
    ],
    kept: [
      web('lib/p4.ts', `import '@outdial/contracts/core/client';`),
      probe('apps/e2e/src/p1.ts', `import '../../backend/src/config/env';`),
    ],
  },
  'stack-is-a-tool': {
    broken: [api('services/p1.ts', `import { startStack } from '@outdial/stack';`)],
    kept: [probe('apps/backend/test/p1.ts', `import { freePort } from '@outdial/stack/ports';`)],
  },
};

const DOMAINS: Record<string, Probes> = {
  floors: {
    broken: [
      pkg('contracts/src/platform/p1.ts', `import '../identity/users';`),
      api('services/leads/p1.ts', `import type { Calls } from '../calls/calls.service';`),
      api('controllers/identity/p1.ts', `import '../../services/telephony/softphone.service';`),
      api('routes/calls/p1.ts', `import '../../controllers/insight/reports.controller';`),
    ],
    kept: [
      pkg('contracts/src/identity/p2.ts', `import '../platform/settings';`),
      api('services/calls/p2.ts', `import '../leads/leads.service'; import './call-rows';`),
      api('controllers/calls/p3.ts', `import '../handler'; import '../../services/platform/files.service';`),
    ],
  },
  'closed-rooms': {
    broken: [
      api('services/calls/p4.ts', `import { claim } from '../leads/lead-claim';`),
      api('controllers/leads/p1.ts', `import '../../services/leads/lead-rows';`),
      api('realtime/p1.ts', `import '../services/identity/actor-cache';`),
    ],
    kept: [
      api('services/leads/p2.ts', `import './lead-rows';`),
      api('container.ts', `import './services/identity/actor-cache';`),
    ],
  },
  'contracts-core-at-the-bottom': {
    broken: [pkg('contracts/src/core/p1.ts', `import '../calls/calls';`)],
    kept: [
      pkg('contracts/src/core/p2.ts', `import type { Access } from '../identity/permissions';`),
      pkg('contracts/src/core/endpoints.ts', `import '../calls/calls';`),
    ],
  },
};

const BACKEND: Record<string, Probes> = {
  'express-at-the-edge': {
    broken: [
      api('services/p2.ts', `import type { Request } from 'express';`),
      api('realtime/p2.ts', `import cors from 'cors';`),
      api('adapters/p1.ts', `import multer from 'multer';`),
      api('jobs/p1.ts', `import helmet = require('helmet');`),
    ],
    kept: [api('middlewares/p1.ts', `import multer from 'multer'; import 'express-rate-limit';`)],
  },
  'no-way-back-to-http': {
    broken: [
      api('services/p3.ts', `import { handler } from '../controllers/handler';`),
      api('adapters/p2.ts', `import '../routes/bind';`),
      api('db/p1.ts', `type Caller = import('../middlewares/authorize').Caller;`),
      api('work/p1.ts', `import '../middlewares/authorize';`),
      api('jobs/p2.ts', `import '../controllers/handler';`),
    ],
    kept: [
      api('services/p4.ts', `import '../adapters/clock'; import '../work/units';`),
      api('jobs/p3.ts', `import '../services/leads/leads.service'; import '../work/units';`),
    ],
  },
  'no-way-back-to-routes': {
    broken: [api('controllers/p1.ts', `import '../routes/bind';`)],
    kept: [api('controllers/p2.ts', `import '../middlewares/headers';`)],
  },
  'no-way-back-to-controllers': {
    broken: [api('middlewares/p2.ts', `import '../controllers/handler';`)],
    kept: [api('middlewares/p3.ts', `import '../services/identity/auth.service';`)],
  },
  'no-way-back-to-processes': {
    broken: [
      api('services/p5.ts', `import '../jobs/runner';`),
      api('work/p2.ts', `import '../realtime/gateway';`),
    ],
    kept: [api('services/p6.ts', `import '../work/jobs';`), api('worker.ts', `import './jobs/runner';`)],
  },
  'no-way-back-to-services': {
    broken: [
      api('work/p3.ts', `import type { Audit } from '../services/platform/audit.service';`),
      api('adapters/p3.ts', `const { Files } = require('../services/platform/files.service');`),
      api('db/p2.ts', 'await import(`../services/platform/files.service`);'),
    ],
    kept: [api('work/p4.ts', `import '../adapters/clock'; import '../db/tenant';`)],
  },
  'no-way-back-to-work': {
    broken: [api('adapters/p4.ts', `import '../work/units';`)],
    kept: [api('adapters/p5.ts', `import '../errors/app-error';`)],
  },
  'database-behind-services': {
    broken: [
      api('controllers/p3.ts', `import type { Db } from '../db/client';`),
      api('routes/p1.ts', `import { Prisma } from '@prisma/client';`),
      api('middlewares/p4.ts', `import '../db/generated/client';`),
      api('realtime/p3.ts', `import '../db/tenant';`),
    ],
    kept: [api('controllers/p4.ts', `import '../work/actor';`)],
  },
  'prisma-in-its-place': {
    broken: [
      api('adapters/p6.ts', `import type { Prisma } from '../db/generated/client';`),
      api('jobs/p4.ts', `import { Prisma } from '../db/generated/client';`),
      web('lib/p5.ts', `import type { Call } from '@prisma/client';`),
    ],
    kept: [
      api('services/p7.ts', `import { Prisma } from '../db/generated/client';`),
      probe('prisma/seed/p1.ts', `import '../../apps/backend/src/db/generated/client';`),
    ],
  },
  'connections-are-given': {
    broken: [
      api('services/p8.ts', `import { connect } from '../db/client';`),
      api('jobs/p5.ts', `import { type Db, connect } from '../db/client';`),
    ],
    kept: [
      api('services/p9.ts', `import type { Db } from '../db/client';`),
      api('adapters/p7.ts', `import { type Db, type Driver } from '../db/client';`),
      api('migrate.ts', `import { connect } from './db/client';`),
    ],
  },
  'built-in-one-place': {
    broken: [
      api('services/p10.ts', `import type { Container } from '../container';`),
      api('adapters/p8.ts', `import '../container';`),
      api('routes/calls/p2.ts', `import type { Controllers } from '../../container';`),
    ],
    kept: [
      api('server.ts', `import { build } from './container';`),
      api('routes/index.ts', `import type { Controllers } from '../container';`),
    ],
  },
  'container-as-a-type': {
    broken: [api('app.ts', `import { build } from './container';`)],
    kept: [api('routes/index.tsx', `import type { Controllers } from '../container';`)],
  },
  'sockets-in-realtime': {
    broken: [api('services/p11.ts', `import type { Server } from 'socket.io';`)],
    kept: [
      api('realtime/p4.ts', `import 'socket.io'; import '@socket.io/redis-streams-adapter';`),
      web('lib/p6.ts', `import 'socket.io-client';`),
    ],
  },
  'redis-behind-adapters': {
    broken: [
      api('services/p12.ts', `import { Queue } from 'bullmq';`),
      api('work/p5.ts', `import 'ioredis';`),
    ],
    kept: [
      api('adapters/p9.ts', `import { Queue } from 'bullmq';`),
      api('jobs/p6.ts', `import { Worker } from 'bullmq';`),
    ],
  },
};

const FRONTEND: Record<string, Probes> = {
  'pages-above-features': {
    broken: [
      web('features/calls/p1.tsx', `import '@/app/providers';`),
      web('lib/p7.ts', `import '../app/providers';`),
    ],
    kept: [web('app/p1.tsx', `import '@/features/calls/api/calls'; import './providers';`)],
  },
  'features-above-lib': {
    broken: [
      web('lib/p8.ts', `import type { Filters } from '@/features/calls/call-filters';`),
      web('hooks/p1.ts', `import '../features/calls/call-filters';`),
      web('components/call/p1.tsx', `import '@/features/calls/call-filters';`),
      web('components/ui/p1.tsx', `import '@/features/calls/call-filters';`),
    ],
    kept: [web('components/call/p2.tsx', `import '@/components/ui/button'; import '@/lib/format';`)],
  },
  'features-apart': {
    broken: [
      web('features/calls/p2.ts', `import '@/features/dialer/dialer-view';`),
      web('features/calls/components/p3.tsx', `import '../../dialer/dialer-view';`),
    ],
    kept: [web('features/calls/components/p4.tsx', `import '../call-filters'; import '@/lib/format';`)],
  },
  'kit-knows-nothing': {
    broken: [
      web('components/ui/p2.tsx', `import '../call/time';`),
      web('components/ui/p3.tsx', `import type { Call } from '@outdial/contracts';`),
    ],
    kept: [web('components/ui/p4.tsx', `import './button'; import '@/lib/cn';`)],
  },
  'primitives-in-the-kit': {
    broken: [web('features/calls/p5.tsx', `import { Dialog } from 'radix-ui';`)],
    kept: [web('components/ui/p5.tsx', `import { Dialog } from 'radix-ui';`)],
  },
};

/** By rule. */
export const PROBES: Readonly<Record<string, Probes>> = { ...PACKAGES, ...DOMAINS, ...BACKEND, ...FRONTEND };
