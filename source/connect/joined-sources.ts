import type {RosterChange} from '../scrape/node/node-roster.ts';
import type {OpenSource} from './open-source.ts';

/** Changes of several sources as one. */
export function joinChanges(changes: readonly RosterChange[]): RosterChange {
	return {
		added: changes.flatMap(({added}) => added),
		removed: changes.flatMap(({removed}) => removed),
	};
}

/** Follows several sources; the result stops it. */
export function followAll(
	sources: ReadonlyArray<Pick<OpenSource, 'follow'>>,
	onChange: (change: RosterChange) => void,
): () => void {
	const stops = sources.map(source => source.follow(onChange));
	return () => {
		for (const stop of stops) {
			stop();
		}
	};
}
