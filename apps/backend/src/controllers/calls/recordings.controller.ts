import type { endpoints } from '@outdial/contracts';
import type { RecordingsService } from '../../services/calls/recordings.service';
import type { Input } from '../handler';
import { sendFile } from '../send-file';

export class RecordingsController {
  constructor(private readonly recordings: RecordingsService) {}

  audio = async ({ actor, request, response, params, query }: Input<typeof endpoints.recordings.audio>) => {
    const file = await this.recordings.audio(actor, params.recordingId);
    return sendFile(request, response, file, query.download ? 'attachment' : 'inline');
  };

  peaks = async ({ actor, request, response, params, query }: Input<typeof endpoints.recordings.peaks>) => {
    const file = await this.recordings.peaks(actor, params.recordingId, query.perSecond);
    return sendFile(request, response, file, 'inline');
  };
}
