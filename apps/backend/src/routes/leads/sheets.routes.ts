import { endpoints } from '@outdial/contracts';
import type { SheetsController } from '../../controllers/leads/sheets.controller';
import type { Bind } from '../bind';

export function sheetsRoutes(bind: Bind, controller: SheetsController): void {
  bind(endpoints.uploads.create, controller.upload);
  bind(endpoints.sheets.list, controller.list);
  bind(endpoints.sheets.show, controller.show);
  bind(endpoints.sheets.import, controller.import);
  bind(endpoints.sheets.overlaps, controller.overlaps);
  bind(endpoints.sheets.issues, controller.issues);
  bind(endpoints.sheets.issuesCsv, controller.issuesCsv);
  bind(endpoints.sheets.file, controller.file);
}
