import { endpoints } from '@outdial/contracts';
import type { RecordingChunksController } from '../../controllers/calls/recording-chunks.controller';
import type { Bind } from '../bind';

export function recordingChunksRoutes(bind: Bind, controller: RecordingChunksController): void {
  bind(endpoints.recordingChunks.put, controller.put);
  bind(endpoints.recordingChunks.complete, controller.complete);
}
