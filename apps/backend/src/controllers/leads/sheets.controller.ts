import type { endpoints } from '@outdial/contracts';
import type { SheetIssuesService } from '../../services/leads/sheet-issues.service';
import type { SheetOverlapsService } from '../../services/leads/sheet-overlaps.service';
import type { SheetsService } from '../../services/leads/sheets.service';
import type { Input } from '../handler';
import { sendFile } from '../send-file';

type Sheets = typeof endpoints.sheets;

export class SheetsController {
  constructor(
    private readonly sheets: SheetsService,
    private readonly sheetIssues: SheetIssuesService,
    private readonly sheetOverlaps: SheetOverlapsService,
  ) {}

  upload = ({ actor, body, file }: Input<typeof endpoints.uploads.create>) =>
    this.sheets.upload(actor, body.id, file);

  list = ({ actor, query }: Input<Sheets['list']>) => this.sheets.list(actor, query);

  show = ({ actor, params }: Input<Sheets['show']>) => this.sheets.show(actor, params.sheetId);

  import = ({ actor, params, body }: Input<Sheets['import']>) =>
    this.sheets.import(actor, params.sheetId, body.mapping);

  overlaps = ({ actor, body }: Input<Sheets['overlaps']>) => this.sheetOverlaps.of(actor, body.numbers);

  issues = ({ actor, params, query }: Input<Sheets['issues']>) =>
    this.sheetIssues.list(actor, params.sheetId, query);

  issuesCsv = async ({ actor, response, params }: Input<Sheets['issuesCsv']>) => {
    const csv = await this.sheetIssues.csv(actor, params.sheetId);
    response.attachment('rows-not-taken.csv').type('text/csv').send(csv);
  };

  file = async ({ actor, request, response, params }: Input<Sheets['file']>) =>
    sendFile(request, response, await this.sheets.file(actor, params.sheetId), 'attachment');
}
