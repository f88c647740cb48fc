import {expect, onTestFinished, test} from 'vitest';
import {startSession} from '../../source/connect/live-session.ts';
import {NO_SOURCE, type OpenSources} from '../../source/connect/open-source.ts';
import {parseOptions} from '../../source/options/parse-options.ts';
import {fakeTarget} from '../scrape/fake-target.ts';

/** More than are added at once, and no multiple of that. */
const MANY = 300;

test('of hundreds of nodes, which are added in turns, each is there before changes are followed, and is read', async () => {
	const parsed = parseOptions([], {});
	if (parsed.kind !== 'run') {
		throw new Error(parsed.kind);
	}

	const reads: string[] = [];
	const targets = Array.from({length: MANY}, (_, index) => fakeTarget(`n${index}`, ['answer'], reads));
	let following = 0;
	const sources: OpenSources = {
		...NO_SOURCE,
		isDemo: false,
		intervalMs: 1000,
		targets,
		follow(onChange) {
			following++;
			onChange({added: [fakeTarget('late', ['answer'], reads)], removed: ['n0', `n${MANY - 1}`]});
			return () => {};
		},
	};
	const session = await startSession(sources, parsed.options.polling, () => {});
	onTestFinished(session.stop);
	expect([following, session.store.nodeCount]).toEqual([1, MANY - 1]);
	await expect.poll(() => new Set(reads.filter(id => !id.endsWith(' closed'))).size).toBe(MANY - 1);
	expect(reads).not.toContain('n0');
});
