import { Gauge, Headset, History, ListChecks, type LucideIcon, Sheet, Users } from 'lucide-react';
import type { NavIcon as Name } from '@/config/navigation';

const ICONS: Readonly<Record<Name, LucideIcon>> = {
  workspace: Headset,
  sheets: Sheet,
  calls: History,
  people: Users,
  overview: Gauge,
  jobs: ListChecks,
};

export function NavIcon({ name }: { name: Name }) {
  const Icon = ICONS[name];
  return <Icon aria-hidden="true" className="size-4 shrink-0" />;
}
