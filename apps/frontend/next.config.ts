import type { NextConfig } from 'next';

const config: NextConfig = {
  transpilePackages: ['@outdial/contracts', '@outdial/sheets', '@outdial/telephony'],
  poweredByHeader: false,
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
        { key: 'Permissions-Policy', value: 'microphone=(self), camera=(), geolocation=(), payment=()' },
      ],
    },
  ],
};

export default config;
