import type { HealthService } from '../../services/platform/health.service';

export class HealthController {
  constructor(private readonly health: HealthService) {}

  show = () => this.health.show();

  ready = () => this.health.ready();
}
