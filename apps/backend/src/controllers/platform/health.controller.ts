import type { HealthService } from '../../services/platform/health.service';

export class HealthController {
  constructor(private readonly health: HealthService) {}

  live = async () => ({ success: true as const });

  show = () => this.health.show();

  ready = () => this.health.ready();
}
