/** Remembers whether the sidebar is narrow, for the server to render it so. */
export const SIDEBAR_COOKIE = 'outdial-sidebar';
