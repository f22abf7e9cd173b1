import { execFile } from 'node:child_process';
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { promisify } from 'node:util';
import { Child } from './child';
import { freeTcpPort } from './ports';
import { requireProgram } from './programs';
import { ROOT } from './run/settings';
import { waitUntil } from './wait';

const HOST = '127.0.0.1';

export interface NginxOptions {
  /** For its configuration, logs and temporary files. */
  readonly dir: string;
  /** `host:port` of API and web server; names are asked of the resolver. */
  readonly backend: string;
  readonly frontend: string;
  /** As in `.env.example`. */
  readonly trustProxy?: string;
  /** `ip:port` of a name server. */
  readonly resolver?: string;
}

/** The proxy of docker compose with its very configuration, for tests: only addresses and paths are other ones. */
export class Nginx {
  readonly #child: Child;

  private constructor(
    child: Child,
    readonly port: number,
    private readonly dir: string,
  ) {
    this.#child = child;
  }

  static async start({
    dir,
    backend,
    frontend,
    trustProxy = '0',
    resolver = '127.0.0.1:9',
  }: NginxOptions): Promise<Nginx> {
    // Its workers are nobody.
    await mkdir(dir, { recursive: true });
    await chmod(dir, 0o755);
    const port = await freeTcpPort();
    const text = await readFile(`${ROOT}/infra/nginx/nginx.conf`, 'utf8');
    const configuration = text
      .replaceAll('/tmp/', `${dir}/`)
      .replaceAll('/dev/stdout', `${dir}/access.log`)
      .replaceAll('/dev/stderr', `${dir}/error.log`)
      .replace('listen 8080;', `listen ${HOST}:${port};`)
      .replace('listen [::]:8080;', '')
      .replace('backend:4000', backend)
      .replace('frontend:3000', frontend)
      .replace('127.0.0.11', resolver);
    await writeFile(`${dir}/nginx.conf`, configuration);
    const env = { ...process.env, TRUST_PROXY: trustProxy };
    const script = `${ROOT}/infra/nginx/trusted-proxies.sh`;
    await promisify(execFile)(script, [`${dir}/trusted-proxies.conf`], { env });
    const child = new Child({
      name: 'nginx',
      command: requireProgram('nginx'),
      args: ['-c', `${dir}/nginx.conf`, '-e', `${dir}/error.log`, '-g', 'daemon off;'],
      logFile: `${dir}/nginx.log`,
      ownerDir: dir,
    });
    const giveUp = () => child.exit !== undefined;
    await waitUntil(() => accepts(port), { timeoutMs: 10_000, giveUp });
    return new Nginx(child, port, dir);
  }

  get url(): string {
    return `http://${HOST}:${this.port}`;
  }

  accessLog(): Promise<string> {
    return readFile(`${this.dir}/access.log`, 'utf8');
  }

  /** As its image is stopped. @returns how long it took, in ms */
  async quit(): Promise<number> {
    const before = performance.now();
    if (this.#child.pid !== undefined) process.kill(this.#child.pid, 'SIGQUIT');
    await this.#child.exited;
    return performance.now() - before;
  }

  async stop(): Promise<void> {
    await this.#child.stop();
  }
}

/** @throws while nobody listens */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, HOST, () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', reject);
  });
}
