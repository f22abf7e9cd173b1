import { authEndpoints } from './auth';
import { callEndpoints, cdrEndpoints, recordingEndpoints } from './calls';
import type { Endpoint } from './endpoint';
import { healthEndpoints } from './health';
import { meEndpoints } from './me';
import { queueEndpoints, sheetEndpoints, uploadEndpoints } from './sheets';
import { softphoneEndpoints } from './softphone';
import { usersEndpoints } from './users';

/** Every endpoint of the API, by noun. */
export const endpoints = {
  health: healthEndpoints,
  auth: authEndpoints,
  me: meEndpoints,
  users: usersEndpoints,
  softphone: softphoneEndpoints,
  upload: uploadEndpoints,
  sheets: sheetEndpoints,
  queue: queueEndpoints,
  calls: callEndpoints,
  cdr: cdrEndpoints,
  recordings: recordingEndpoints,
};

/** The same as one list: for the OpenAPI document and the tests that walk all of them. */
export const endpointList: readonly Endpoint[] = Object.values(endpoints).flatMap((noun) =>
  Object.values(noun),
);
