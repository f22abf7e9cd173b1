import type { endpoints } from '@outdial/contracts';
import type { RecordingChunksService } from '../../services/calls/recording-chunks.service';
import type { Input } from '../handler';

type Chunks = typeof endpoints.recordingChunks;

export class RecordingChunksController {
  constructor(private readonly chunks: RecordingChunksService) {}

  put = ({ actor, params, query, bytes }: Input<Chunks['put']>) =>
    this.chunks.put(actor, { ...params, ...query, bytes });

  complete = ({ actor, params, body }: Input<Chunks['complete']>) =>
    this.chunks.complete(actor, params.callId, body.parts);
}
