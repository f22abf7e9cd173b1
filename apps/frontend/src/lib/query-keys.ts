/** First parts of the keys under which answers are kept, so that news of one noun can refresh all of it. */
export const queryKeys = {
  calls: ['calls'] as const,
  callDetail: (callId: string) => ['calls', 'detail', callId] as const,
  sheets: ['sheets'] as const,
  sheet: (sheetId: string) => ['sheets', 'one', sheetId] as const,
  queue: (sheetId: string) => ['queue', sheetId] as const,
  users: ['users'] as const,
  teams: ['teams'] as const,
  sessions: ['sessions'] as const,
  health: ['health'] as const,
};
