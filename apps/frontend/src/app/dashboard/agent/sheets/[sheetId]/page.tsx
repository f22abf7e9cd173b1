import type { Metadata } from 'next';
import { Workspace } from '@/features/dialer/components/workspace';

export const metadata: Metadata = { title: 'Dialing' };

interface WorkspacePageProps {
  readonly params: Promise<{ sheetId: string }>;
}

export default async function WorkspacePage({ params }: WorkspacePageProps) {
  const { sheetId } = await params;
  return <Workspace key={sheetId} sheetId={sheetId} />;
}
