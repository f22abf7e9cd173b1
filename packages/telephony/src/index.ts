export { type AudioDevices, type AudioDevicesSnapshot, playTestTone } from './audio-devices';
export * from './browser-workstation';
export {
  type CallOutcome,
  type CallState,
  type HangUpWhy,
  isLive,
  isTalking,
  type LiveCall,
} from './call/call-machine';
export { JssipPhone, type JssipPhoneOptions } from './call/jssip-phone';
export {
  Microphone,
  MicrophoneError,
  type MicrophoneProblem,
  type MicrophoneState,
} from './call/microphone';
export { DialError, type DialRequest, type Phone, type PhoneSnapshot, type Registration } from './call/phone';
export type { CallProgress, RecordingState } from './call-filer';
export { type Clock, systemClock } from './clock';
export { Dialer, type DialerOptions } from './dialer/dialer';
export type { DialerLine } from './dialer/dialer-line';
export {
  type DialerPhase,
  type DialerState,
  type DialResult,
  isInCall,
  MAX_WRAP_UP_MS,
  type PauseReason,
} from './dialer/dialer-state';
export { type QueueGateway, refusalOf } from './dialer/queue-gateway';
export type { CallMark } from './marks';
export { type FilingServer, isPermanent, type RecordedChunk, type SentRecording } from './outbox/delivery';
export { Outbox, type OutboxOptions } from './outbox/outbox';
export type { FailedUpload, OutboxSnapshot } from './outbox/outbox-snapshot';
export type { UnsentReport } from './outbox/outbox-storage';
export { CallRecorder, type Recorder, type Recording } from './recorder/call-recorder';
export type { Readable, Unsubscribe } from './store';
export {
  type CallsGateway,
  Workstation,
  type WorkstationParts,
  type WorkstationSnapshot,
} from './workstation';
