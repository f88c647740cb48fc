import type {JsonFields} from '../json-fields.ts';
import type {ObjectLabels} from './selectors.ts';

/** An object of the API that is built on demand, so that a page of 500 out of 150,000 pods builds only 500. */
export type Item = {
	/** Its fixed position in the collection. */
	readonly place: number;
	readonly labels: () => ObjectLabels;
	/** The fields for field selectors. */
	readonly fields: () => ObjectLabels;
	/** False if `changedMs` is constant. */
	readonly isChanging: boolean;
	/** The time of its last change at `timeMs`, which is its resource version. */
	readonly changedMs: (timeMs: number) => number;
	/** Without `kind` and `apiVersion`, which objects in a list lack. */
	readonly toObject: (timeMs: number) => JsonFields;
};
