import { readFileSync } from 'node:fs';

/**
 * Loaded before the server in the image (`node --import`), where Next's configuration is not: the build has written down
 * what it came to. Next's own standalone server does the same, by this name.
 */
const built = readFileSync(new URL('../.next/required-server-files.json', import.meta.url), 'utf8');
process.env.__NEXT_PRIVATE_STANDALONE_CONFIG = JSON.stringify(JSON.parse(built).config);
