import type { CallStatus } from '@outdial/contracts';
import {
  Ban,
  CircleMinus,
  type LucideIcon,
  Phone,
  PhoneMissed,
  PhoneOff,
  PhoneOutgoing,
  TriangleAlert,
  X,
} from 'lucide-react';
import { Badge } from '@/components/ui/badge';
import { CALL_STATUS_TONES, CALL_STATUS_WORDS } from '@/lib/tones';

const ICONS: Readonly<Record<CallStatus, LucideIcon>> = {
  'in-progress': PhoneOutgoing,
  answered: Phone,
  busy: CircleMinus,
  'no-answer': PhoneMissed,
  rejected: PhoneOff,
  'invalid-number': Ban,
  failed: TriangleAlert,
  cancelled: X,
};

export function CallStatusBadge({ status }: { status: CallStatus }) {
  const Icon = ICONS[status];
  return (
    <Badge tone={CALL_STATUS_TONES[status]} data-call-status={status}>
      <Icon aria-hidden="true" />
      {CALL_STATUS_WORDS[status]}
    </Badge>
  );
}
