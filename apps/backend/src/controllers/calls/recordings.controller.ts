import type { endpoints } from '@outdial/contracts';
import { actorOf } from '../../middlewares/authenticate';
import type { RecordingsService } from '../../services/calls/recordings.service';
import type { Input } from '../handler';
import { sendFile } from '../send-file';

export class RecordingsController {
  constructor(private readonly recordings: RecordingsService) {}

  audio = async ({ request, response, params, query }: Input<typeof endpoints.recordings.audio>) => {
    const served = await this.recordings.audio(actorOf(request), params.recordingId);
    return sendFile(response, served, query.download ? 'attachment' : 'inline');
  };
}
