import { openApiDocument } from '@outdial/contracts';
import { Router, static as staticFiles } from 'express';
import swaggerUiPath from 'swagger-ui-dist/absolute-path.js';
import { pagePolicy } from '../../middlewares/page-policy';

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Outdial API</title>
<link rel="stylesheet" href="/api/docs/assets/swagger-ui.css">
<link rel="icon" href="/api/docs/assets/favicon-32x32.png">
</head>
<body>
<div id="swagger-ui"></div>
<script src="/api/docs/assets/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;

const START = `SwaggerUIBundle({ url: '/api/docs/openapi.json', dom_id: '#swagger-ui', deepLinking: true });\n`;

/** Swagger UI at `/api/docs`, from the declarations; no inline script, so that the strict CSP holds here too. */
export function docsRoutes(version: string): Router {
  const document = openApiDocument(version);
  const router = Router();
  router.use(pagePolicy());
  router.get('/', (_request, response) => void response.type('html').send(PAGE));
  router.get('/start.js', (_request, response) => void response.type('js').send(START));
  router.get('/openapi.json', (_request, response) => void response.json(document));
  router.use('/assets', staticFiles(swaggerUiPath(), { index: false, maxAge: '1d' }));
  return router;
}
