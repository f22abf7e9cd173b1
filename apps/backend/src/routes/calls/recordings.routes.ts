import { endpoints } from '@outdial/contracts';
import type { RecordingsController } from '../../controllers/calls/recordings.controller';
import type { Bind } from '../bind';

export function recordingsRoutes(bind: Bind, controller: RecordingsController): void {
  bind(endpoints.recordings.audio, controller.audio);
  bind(endpoints.recordings.peaks, controller.peaks);
}
