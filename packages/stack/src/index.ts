export { Child, type ChildExit, type ChildOptions, describeExit } from './child';
export type { CarrierAudio } from './prompt';
export { type Stack, type StackOptions, type StackPart, startStack } from './stack';
export { ensureSystemPackages, REQUIREMENTS, SetupError } from './system-packages';
