import type { endpoints } from '@outdial/contracts';
import { actorOf } from '../../middlewares/authenticate';
import type { SheetsService, UploadedFile } from '../../services/leads/sheets.service';
import type { Input } from '../handler';
import { sendFile } from '../send-file';

type Sheets = typeof endpoints.sheets;

export class SheetsController {
  constructor(private readonly sheets: SheetsService) {}

  upload = ({ request, body, file }: Input<typeof endpoints.uploads.create>) =>
    this.sheets.upload(actorOf(request), body.id, file as UploadedFile);

  list = ({ request, query }: Input<Sheets['list']>) => this.sheets.list(actorOf(request), query);

  show = ({ request, params }: Input<Sheets['show']>) => this.sheets.show(actorOf(request), params.sheetId);

  import = ({ request, params, body }: Input<Sheets['import']>) =>
    this.sheets.import(actorOf(request), params.sheetId, body.mapping, body.country);

  issues = ({ request, params, query }: Input<Sheets['issues']>) =>
    this.sheets.issues(actorOf(request), params.sheetId, query);

  issuesCsv = async ({ request, response, params }: Input<Sheets['issuesCsv']>) => {
    const csv = await this.sheets.issuesCsv(actorOf(request), params.sheetId);
    response.attachment('rows-not-taken.csv').type('text/csv').send(csv);
  };

  file = async ({ request, response, params }: Input<Sheets['file']>) =>
    sendFile(response, await this.sheets.file(actorOf(request), params.sheetId), 'attachment');
}
