import type {CharacterSet} from './character-set.ts';

/** A regular expression as a tree. */
export type Expression =
	/** One character of a set. */
	| {readonly kind: 'one'; readonly set: CharacterSet}
	| {readonly kind: 'sequence'; readonly parts: readonly Expression[]}
	| {readonly kind: 'choice'; readonly of: readonly Expression[]}
	| {
			readonly kind: 'repeat';
			readonly of: Expression;
			readonly least: number;
			/** Undefined: any number. */
			readonly most: number | undefined;
	  };

/** Matches the empty text. */
export const EMPTY: Expression = {kind: 'sequence', parts: []};
