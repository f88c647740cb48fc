import {expect, test} from 'vitest';
import {columnsOf} from '../../../source/metrics/columns/columns.ts';
import type {Column} from '../../../source/metrics/model/column.ts';
import {LEVELS} from '../../../source/metrics/model/levels.ts';
import type {Row} from '../../../source/metrics/model/row.ts';

/** Headings that are words, or that everybody who reads them calls so. */
const WORDS =
	/^(?:NODE|POD|CONTAINER|NAMESPACE|NAME|WORKLOAD|CLUSTER|STATUS|ROLES|CPU|PODS|VERSION|TAINTS|ZONE|POOL|AGE|SOURCE|SWAP|ROUTE|READY|VOLUME|LAST END|KIND|IMAGE|LOGS|DISKS|INTERFACES|CORES)$/;

test.each(LEVELS)('each heading of %s is a word or has its full words', level => {
	const columns: ReadonlyArray<Column<Row>> = columnsOf(level);
	const unexplained = columns.filter(
		({heading, fullHeading}) => !WORDS.test(heading) && fullHeading === undefined,
	);
	expect(unexplained.map(({heading}) => heading)).toEqual([]);
});
