import type {JsonFields} from '../json-fields.ts';
import type {ObjectLabels} from './selectors.ts';

/** An object of the API, which is made only when it is looked at: a page of 500 pods of 150,000 makes 500. */
export type Item = {
	/** Where it stands in its whole collection, the same at every time. */
	readonly place: number;
	readonly labels: () => ObjectLabels;
	/** By which field selectors select. */
	readonly fields: () => ObjectLabels;
	/** False where `changedMs` is the same at all times. */
	readonly isChanging: boolean;
	/** When it became what it is at that time: its resource version. */
	readonly changedMs: (timeMs: number) => number;
	/** Without `kind` and `apiVersion`, which the objects in a list do not have. */
	readonly toObject: (timeMs: number) => JsonFields;
};
