import { callReportEndpoints } from '../calls/call-report';
import { callsEndpoints } from '../calls/calls';
import { cdrEndpoints } from '../calls/cdr';
import { recordingChunksEndpoints } from '../calls/recording-chunks';
import { recordingsEndpoints } from '../calls/recordings';
import { authEndpoints } from '../identity/auth';
import { meEndpoints } from '../identity/me';
import { usersEndpoints } from '../identity/users';
import { queueEndpoints } from '../leads/queue';
import { sheetsEndpoints } from '../leads/sheets';
import { uploadsEndpoints } from '../leads/uploads';
import { healthEndpoints } from '../platform/health';
import { settingsEndpoints } from '../platform/settings';
import { softphoneEndpoints } from '../telephony/softphone';
import type { Endpoint } from './endpoint';

/** Every endpoint of the API, by noun. */
export const endpoints = {
  health: healthEndpoints,
  settings: settingsEndpoints,
  auth: authEndpoints,
  me: meEndpoints,
  users: usersEndpoints,
  softphone: softphoneEndpoints,
  uploads: uploadsEndpoints,
  sheets: sheetsEndpoints,
  queue: queueEndpoints,
  calls: callsEndpoints,
  cdr: cdrEndpoints,
  callReport: callReportEndpoints,
  recordingChunks: recordingChunksEndpoints,
  recordings: recordingsEndpoints,
};

/** The same as one list: for the OpenAPI document and the tests that walk all of them. */
export const endpointList: readonly Endpoint[] = Object.values(endpoints).flatMap((noun) =>
  Object.values(noun),
);
