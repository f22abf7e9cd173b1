import helmet from 'helmet';

/** Content-Security-Policy of pages the API serves itself (Swagger UI, the queue): everything from here, no frames. */
export const pagePolicy = () =>
  helmet.contentSecurityPolicy({
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:'],
      frameAncestors: ["'none'"],
    },
  });
