import type { endpoints } from '@outdial/contracts';
import type { SettingsService } from '../../services/platform/settings.service';
import type { Input } from '../handler';

type Settings = typeof endpoints.settings;

export class SettingsController {
  constructor(private readonly settings: SettingsService) {}

  show = ({ actor }: Input<Settings['show']>) => this.settings.of(actor.organizationId);

  update = ({ actor, body }: Input<Settings['update']>) => this.settings.update(actor, body);
}
