/** A sentence; `{agent}` and `{lead}` are replaced by first names. */
export type Line = string;

export const AGENT_LINES: readonly Line[] = [
  'Hello {lead}, this is {agent} from Outdial. Do you have a minute?',
  'Your plan renews next month, and I wanted to make sure it still fits.',
  'I see. How many people work with it on a normal day?',
  'Then the smaller plan would do, and it would save you about a fifth.',
  'There is no fee for changing. It starts with the next invoice.',
  'Shall I send you the offer by email, so that you can read it in peace?',
  'I have noted that. Is the address we have for you still right?',
  'Thank you, {lead}. You will have it within the hour.',
];

export const OTHER_LINES: readonly Line[] = [
  'Hi {agent}. Yes, go ahead, but I have to be quick.',
  'Oh, good that you call. We are not sure that we need all of it.',
  'About eight, sometimes ten when it is busy.',
  'That sounds reasonable. What would it cost us to change?',
  'All right. And can we go back if we grow again?',
  'Yes, please do that. I will talk to my partner tonight.',
  'It is, we have not moved.',
  'Great, thanks for calling. Bye.',
];
