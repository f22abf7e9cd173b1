import { CLAIM_HEADER, endpoints } from '@outdial/contracts';
import type { CallsGateway, FilingServer, QueueGateway } from '@outdial/telephony';
import { api } from '../api';

const { callReport, calls, me, queue, recordingChunks, softphone } = endpoints;

export const getCredentials = () => api(softphone.credentials, {});

/** After a pause the API has to look the session up, and connections anew: better while the agent still types. */
export const wakeApi = () => void api.send(me.show, {}).catch(() => undefined);

/** @param heartbeat tells over the live connection that a call goes on */
export const callsGateway = (heartbeat: CallsGateway['heartbeat']): CallsGateway => ({
  async create({ callId, destination }) {
    const head = await api.send(calls.create, { body: { id: callId, destination } });
    return head.get(CLAIM_HEADER);
  },
  async progress({ callId, phase }) {
    await api.send(calls.progress, { params: { callId }, body: { phase } });
  },
  heartbeat,
});

export const queueGateway: QueueGateway = {
  open: (sheetId, dialerSessionId, takeOver) =>
    api(queue.open, { params: { sheetId }, body: { dialerSessionId, takeOver } }),
  show: (sheetId, dialerSessionId) => api(queue.show, { params: { sheetId }, query: { dialerSessionId } }),
  async claim({ callId, leadId, destination, sessionId, retryOf }) {
    const head = await api.send(calls.create, {
      body: { id: callId, leadId, destination, dialerSessionId: sessionId, retryOf },
    });
    return head.get(CLAIM_HEADER);
  },
  async setState(sheetId, dialerSessionId, state) {
    await api.send(
      queue.setState,
      { params: { sheetId }, body: { dialerSessionId, state } },
      { keepalive: true },
    );
  },
  async skip(sheetId, leadId, dialerSessionId) {
    await api.send(queue.skip, { params: { sheetId, leadId }, body: { dialerSessionId } });
  },
  async retry({ sheetId, leadId, lastCallId, sessionId }) {
    await api.send(queue.retry, {
      params: { sheetId, leadId },
      body: { dialerSessionId: sessionId, lastCallId },
    });
  },
};

export const filingServer: FilingServer = {
  async fileReport({ callId, ...body }, signal) {
    await api.send(callReport.put, { params: { callId }, body }, { signal });
  },
  async sendChunk({ callId, n, sha256, bytes }, signal) {
    await api.send(recordingChunks.put, { params: { callId, n }, query: { sha256 }, bytes }, { signal });
  },
  async completeRecording({ callId, ...part }, signal) {
    const body = { parts: [part] };
    const { missing } = await api(recordingChunks.complete, { params: { callId }, body }, { signal });
    return missing;
  },
};
