/** Why a text is no pattern: a few words for the person who typed it. */
export class PatternError extends Error {}
