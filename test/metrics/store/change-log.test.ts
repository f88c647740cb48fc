import fc from 'fast-check';
import {describe, expect, test} from 'vitest';
import {ChangeLog} from '../../../source/metrics/store/change-log.ts';

describe('the log of changes', () => {
	test('returns the changes after any version', () => {
		const keys = fc.constantFrom('a', 'b', 'c');
		fc.assert(
			fc.property(fc.array(fc.tuple(fc.constantFrom('nodes', 'pods'), keys)), changes => {
				const log = new ChangeLog();
				for (const [resource, key] of changes) {
					log.note(resource, key);
				}

				expect(log.version).toBe(changes.length);
				for (let version = 0; version <= changes.length; version++) {
					const later = changes.slice(version);
					const of = (wanted: string) =>
						new Set(later.flatMap(([resource, key]) => (resource === wanted ? [key] : [])));
					expect(log.since(version)).toEqual({nodes: of('nodes'), pods: of('pods')});
				}
			}),
		);
	});

	test('returns undefined across a change of everything', () => {
		const log = new ChangeLog();
		log.note('pods', 'a');
		log.noteAll();
		log.note('pods', 'b');
		expect([log.since(0), log.since(1), log.since(2)?.pods]).toEqual([undefined, undefined, new Set(['b'])]);
	});

	test('has a version for changes of other objects, which change neither nodes nor pods', () => {
		const log = new ChangeLog();
		log.note('pods', 'a');
		log.noteOther();
		expect([log.version, log.since(1), log.since(0)?.pods]).toEqual([
			2,
			{nodes: new Set(), pods: new Set()},
			new Set(['a']),
		]);
	});

	test('forgets what is long ago, and says so', () => {
		const log = new ChangeLog();
		for (let index = 0; index < 25_000; index++) {
			log.note('pods', String(index));
		}

		expect(log.since(0)).toBeUndefined();
		expect(log.since(24_998)?.pods).toEqual(new Set(['24998', '24999']));
	});
});
