import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';

const config: NextConfig = {
  transpilePackages: ['@outdial/contracts', '@outdial/sheets', '@outdial/telephony'],
  poweredByHeader: false,
  // For the image (infra/docker/node.Dockerfile): what the server needs and nothing else, in `.next/standalone`.
  ...(process.env.NEXT_STANDALONE === '1' && {
    output: 'standalone',
    outputFileTracingRoot: fileURLToPath(new URL('../..', import.meta.url)),
  }),
  // It would lie over the user's menu.
  devIndicators: false,
  // Behind nginx the proxy compresses; locally nothing is far away, and `/api` is never touched.
  compress: true,
  // TypeScript 7 has no JavaScript API that Next could check with.
  experimental: { useTypeScriptCli: true, optimizePackageImports: ['radix-ui', 'lucide-react'] },
  headers: async () => [
    {
      source: '/:path*',
      headers: [
        { key: 'Referrer-Policy', value: 'same-origin' },
        { key: 'X-Content-Type-Options', value: 'nosniff' },
        { key: 'X-Frame-Options', value: 'DENY' },
        { key: 'Cross-Origin-Opener-Policy', value: 'same-origin' },
        // Browsers heed it over https only (RFC 6797 §8.1).
        { key: 'Strict-Transport-Security', value: 'max-age=31536000' },
        { key: 'Permissions-Policy', value: 'microphone=(self), camera=(), geolocation=(), payment=()' },
      ],
    },
  ],
};

export default config;
