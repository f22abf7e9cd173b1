import { endpoints } from '@outdial/contracts';
import type { SettingsController } from '../../controllers/platform/settings.controller';
import type { Bind } from '../bind';

export function settingsRoutes(bind: Bind, controller: SettingsController): void {
  bind(endpoints.settings.show, controller.show);
  bind(endpoints.settings.update, controller.update);
}
